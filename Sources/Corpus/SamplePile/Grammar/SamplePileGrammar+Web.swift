extension SamplePile.Grammar {
  /// Pages of the web: blogs, stories, reviews, recipes, forums, notices.
  static let web = ##"""
    = blog.head
    {^title.words}\n\nPosted by {A} on {date} | {#0-48} comments
    {^topic}: what I have learned so far
    Why my {kin} was right about {topic}
    = blog.body
    {blog.line} {blog.plain} {blog.plain} {blog.line} {blog.line}
    {blog.plain} {blog.line} {blog.plain}
    {blog.line} {blog.plain} {blog.line} {blog.plain} {blog.plain}
    {blog.plain} {blog.plain}
    = blog.tail
    Share this: Twitter Facebook E-mail\n\nFiled under: {topic}, {topic}
    Leave a reply\n\nYour email address will not be published.
    © {#2006-2019} {A.full}. All rights reserved.
    Questions? Write to him@example.com or to {A.mail}@example.org.
    = blog.plain
    It rained all weekend, so there was plenty of time for {$subject}.
    First you need {count} {things} and a quiet {room}.
    There are {count} good books about {topic}, and most libraries have at least one of them.
    The whole thing took about {#2-9} hours, not counting the time it took to find the {$object}.
    If you have never tried {topic}, {season} is a good time to begin.
    I use {material}, which is cheap and easy to find.
    The colour in the photograph is wrong; it is really more {colour} than {colour}.
    Some things you can’t learn from books.
    This year’s meeting in {$settlement} had {#40-900} visitors, up from {#10-39} when it began.
    Here are my {count} rules for {topic}.
    Keep it dry, keep it clean and don’t leave it in the sun.
    It wasn’t perfect, but it worked.
    My {$object} is from {#1920-1999} and still does its job.
    We stopped in {$settlement:1} for {food} and {drink}.
    As always, the hard part was getting started.
    The answer, it turns out, is {material}.
    There is more to {topic} than most people think.
    The next day everything looked different.
    You can find a list of shops at {url}.
    So much for the theory. What happens in practice?
    Half of it ended up on the floor of the {room}.
    I was surprised how heavy {an thing} can be.
    = blog.line
    I have been interested in {topic} since {year}.
    My friend {A}, {an A.job}, got me into it.
    {He} has a {$spot} full of {things}, and {he}’ll talk about them for hours.
    Last {weekday} {A} came over with {his} {thing}.
    I told {him} I’d never seen anything like it, and {he} just laughed.
    {He's} the most {patient|stubborn|generous|cheerful} {A.job} I know.
    You can read {his} own account here: {url}
    So {he} made one {himself}, from {material} and an old {thing}.
    We drove out to {town} to see {B}, who used to be {an B.job}.
    {B} showed us {his2} collection ({he2} has more than {#40-900} {things}).
    When we asked {him2} which one {he2} liked best, {he2} pointed at the smallest.
    Anyone can do it if he or she has the patience.
    Every beginner makes his or her own mistakes, and that’s fine.
    If your {kin} wants to try it, give {him or her|him/her|her or him} {an thing} and an hour.
    The weather was not on our side.
    It cost me ${#3-90}.{#10-99}, which seems a lot for {an thing}.
    There’s a shop in {town} that still sells {things}.
    I’d like to thank {A} for {his} help with this post.
    More pictures next week, if {he} let{s} me.
    {He}’d rather I didn’t mention {his} name, but there it is.
    The {things} in the second picture are {hers}; mine are on the left.
    This is the part where I should tell you to be careful.
    Start small. Buy good {things}. Don’t hurry.
    I’ve tried {count} kinds of {material}, and {material} works best.
    By the way, @his and @she_builds post about {topic} every week.
    The old he/she distinction in the catalogue makes no sense to me.
    Readers have asked whether {A.full} is real. {He} {is}!
    {^topic} isn’t what it used to be.
    Of course, the {animal} had to get involved.
    I went back on {weekday} and the {$spot} was closed.
    = story.head
    {^title.words}
    = story.body
    {paragraph}
    {talk.exchange}
    = review.head
    {An old|A new|A cheap} {$object}? A review\n\n{#1-5} out of 5 stars
    Rating: {★★★★★|★★★★☆|★★★☆☆|★★☆☆☆|★☆☆☆☆}
    = review.body
    {review.line} {review.line} {review.line}\n\n{A}, {town}
    {review.line} {review.line}\n\n— {A.full}, {A.job}
    = review.line
    I bought this {$object} for my {kin} and it broke after {count} weeks.
    The {$object} is smaller than it looks in the picture.
    It arrived {when}, well packed.
    My {husband|brother|father|son} says it is the best he has ever had, and he has had {count}.
    My {wife|sister|mother|daughter} uses hers every day. She wouldn’t part with her {$object} for anything.
    My {wife|sister|mother|daughter} loves it; I gave her mine and bought myself another.
    Would buy again.
    The {material} feels cheap, but for ${#5-80} I can’t complain.
    As {an job}, I need {an thing} that lasts. This one doesn’t.
    The salesman told me himself that he wouldn’t buy it.
    I called customer service and {A} was very helpful. {He} sent a new one the same day. Thank {him} from me!
    Colour: {colour}. Size: {#20-90} × {#10-60} cm. Weight: {#1-9}.{#0-9} kg.
    Don’t waste your money!!!
    5 stars for the {$object}, 0 stars for the driver: he left it in the rain.
    He loves it! (He’s {#2-12}.) Her sister wants one too.
    = recipe.head
    {A}’s {^season} {Soup|Cake|Stew|Bread|Pie|Salad}\n\nServes {#2-8} · {#20-90} minutes\n\n{recipe.story}
    = recipe.story
    {A} is {an A.job} from {town}, and this was {his} {kin}’s recipe before it was {hers}. {He} make{s} it every {weekday}.
    = recipe.body
    Ingredients\n\n- {recipe.item}\n- {recipe.item}\n- {recipe.item}\n- {recipe.item}\n- {recipe.item}\n\nMethod\n\n1. {recipe.step}\n2. {recipe.step}\n3. {recipe.step}\n4. {recipe.step}\n\nTip: {recipe.tip}
    = recipe.item
    {#50-900} g {flour|sugar|butter|carrots|lentils|rice|dried plums|chestnuts|leeks}
    {½|¼|¾|1|2|3} {cup|tablespoon|teaspoon}{s|} {salt|honey|oil|cinnamon|thyme|mustard|cream}
    {#1-6} {eggs|onions|lemons|apples|cloves of garlic|potatoes}
    = recipe.step
    Heat the oven to {#150-230} °C ({#300-450} °F).
    Chop the {onions|carrots|apples|herbs} and cook them in {butter|oil} for {#2-20} minutes.
    Stir in the {flour|cream|honey|stock} and bring to the boil.
    Season, cover and leave to rest for {#5-60} minutes.
    Add the {rice|lentils|sugar|salt}, a little at a time.
    Serve hot, with {food}.
    = recipe.tip
    {A} adds a spoonful of {honey|mustard|vinegar}. {He} won’t say how much.
    If {B} is coming, make twice as much; {he2} always take{s2} some home with {him2}.
    Let the children help: each can shape his or her own.
    = forum.head
    {^topic} forum › General › My {$object}: any ideas?\n\nPage 1 of {#1-12}
    = forum.body
    {A.nick}{#1-99}\n{Member|Senior member|New here|Moderator}\nPosts: {#1-4000}\n\n{forum.line} {forum.line}
    {B.nick} wrote:\n> {forum.line}\n\n{forum.line}
    {A.nick}_{town} » {#1-28} {month} {#2003-2019}, {#01-12}:{#10-59} {am|pm}\n\n{forum.line} {forum.line}
    = forum.line
    Has anyone tried {topic} with {an quality} {thing}?
    {B} said in {his2} last post that {he2} had the same problem.
    i asked him and he said no. he’s not going to change his mind
    My wife thinks I’m mad. She’s probably right, she usually is :-)
    +1, what she said.
    Ask {A.nick}, {he's} {an A.job}. {He} should know.
    lol he fixed it himself
    My {kin} had one of those. He sold his in {year} and regretted it ever since.
    You could send him a PM. He usually answers.
    Thanks!!! That did it.
    Her instructions are better than his imo
    the one in the photo is his, hers is on page 2
    HE DID NOT SAY THAT. Read the thread.
    Bump.
    I’d ask her before you buy hers.
    imho s/he should read the manual first
    ‘He who hesitates is lost,’ as my {kin} used to say.
    Try turning it off and on again. Works for {things} too.
    See {url}
    {:-D|:)|;-)|🙂|😂|👍|🎉🎉|❤️|🤷‍♀️|👩‍🔧|👨‍👩‍👧‍👦}
    = notice.head
    Home | About | Contact | Log in\n{^$spot} of {$settlement}
    Skip to main content\n\n{!$firm}
    = notice.body
    Opening hours: {weekday} to {weekday}, {#7-10} a.m. to {#3-8} p.m.
    The {$spot} will be closed on {weekday} for repairs.
    {^topic} for beginners, every {weekday} in the {room}. Bring your own {thing}.
    Lost: {an quality} {thing}, {colour}. Please ring {A} on 555-01{#10-99}.
    For sale: {things}, {things}, {an thing}. Ask for {A}; {he} is in after six.
    We are looking for {an job}. He or she should have {#2-10} years of experience. Send his or her papers to the office.
    The {$spot} thanks {A.full}, who gave {his} collection of {things}.
    Privacy policy | Terms of use | Site map
    Tel: +44 1632 960{#100-999}
    {A.full}, {A.job}\t{A.mail}@example.com
    {B.full}, {B.job}\t{B.mail}@example.com
    Next meeting: {date}, {#6-8}.30 pm.
    """##

  /// Local news and portraits of people.
  static let news = ##"""
    = news.head
    {^$firm} to leave {$settlement}, {says|fears|hopes} {A.job}\n\n{!$settlement} ({month} {#1-28}) — {news.first}
    {^A.job} {wins|loses|gives up|finds} {an quality} {thing}\n\n{news.first}
    {$settlement} {A.job} honoured for {#10-45} years of work\n\nBy {D.full}\n\n{news.first}
    {news.headline}\n\n{news.first}
    = news.headline
    {HE} SAVED THE {!$spot}
    {$settlement} {waits|votes|mourns|celebrates}
    ‘{He} never gave up’: {A.last} remembered in {$settlement}
    = news.first
    {A.full}, {an A.job} from {$settlement}, said on {weekday} that {he} would {leave {his} post|sue {$firm}|stand for mayor|return {his} prize}.
    The {A.job} from {$settlement} found {an quality} {thing} in {his} {place} {when}, and {he} has decided to keep it.
    The people of {$settlement} have {#2-9} weeks to save their {$spot}, and {A.full} {is} among those who are trying.
    {A.full} ({#24-88}) has been {an A.job} in {$settlement} for {#3-40} years. On {weekday} {he} will hang up {his} coat for good.
    The {$spot} of {$settlement} was damaged by {fire|water|a storm} {when}, officials said.
    = news.body
    {news.line} {news.plain} {news.plain}
    {news.plain} {news.quote}
    {news.quote} {news.plain}
    {news.plain} {news.plain} {news.line}
    {news.plain} {news.plain}
    {news.line} {news.plain}
    {news.line} {news.quote} {news.plain} {news.plain}
    {news.plain}
    = news.plain
    The council of {$settlement} met on {weekday} to discuss the future of the {$spot}, which has been closed since {month}.
    Repairs would cost {$money}, according to a report published last {season}.
    About {#40-900} people came to the {$spot} on {weekday} evening, more than the hall could hold.
    Trains between {$settlement} and {$settlement:1} will not run until {weekday}.
    {^$firm} employs {#40-4000} people in {$region} and is the second largest company there.
    The company’s shares fell by {#2-12} percent on {weekday} after the news.
    The cause of the fire is not known, and an investigation is under way.
    The {$spot}, built in {year}, is one of the oldest buildings in {$settlement}.
    Schools in the area remained closed for a second day.
    Water in the {$river} rose by {#2-5} metres within a few hours, and {count} roads were blocked.
    A decision is expected by the end of {month}.
    The price of {food} has risen by {#4-40} percent since last {season}.
    In a statement, {$firm} said that safety was its first concern.
    Rain is expected in {$region} until {weekday}, with winds from the west.
    The plan would bring {#20-400} jobs to {$settlement}, but opponents fear noise and traffic.
    No one was hurt.
    The measure passed by {#5-9} votes to {#1-4}.
    The museum of {$settlement} will show more than {#100-900} {things} until {month}.
    A survey of {#300-2000} households found that two in three were against the plan.
    The road was closed for {count} hours.
    Similar plans were dropped in {#1990-2012} after protests.
    The new line is {#12-200} km long and has {#2-20} stations.
    The project has been delayed {count} times since {#1995-2012}.
    Tickets cost ${#4-40} and are on sale at the {$spot}.
    = news.quote
    “{I saw it coming|We did what we could|It is a good day for {$settlement}|I am {mood}, of course},” said {A.last}. “{Nobody asked us.|We’ll see.|That’s all.}”
    “{He've} done {his} work and more,” said {B.full}, {an B.job} who has known {him} since {year}.
    According to {B.last}, {A.last} had told {him2} about it “in {his} own words, and at {his} own table.”
    “If {he} want{s} to leave, let {him},” {said|added} {B.last}. “The choice is {hers}.”
    “I asked {him} {himself},” {B.last} said. “{He}’d heard nothing.”
    Asked whether {he} regretted it, {A.last} shook {his} head. “No.”
    “We thank {him} for {his} service,” {$firm} wrote in a statement.
    “{HE} IS A THIEF!” shouted a man from the back of the room.
    = news.line
    {A.last} declined to comment when reporters reached {him} on {weekday}.
    {He} said {company} had offered {him} {$money}.
    {He} live{s} with {his} {husband} and {count} children in {town}.
    The council will vote on {date}.
    Police said a {man|boy} was seen near the {$spot} carrying {an thing}; he was wearing a {colour} coat.
    Police said a {woman|girl} was seen near the {$spot} carrying {an thing}; she was wearing her coat open.
    {B.last}, {an B.job}, disagrees. {He2} think{s2} that the {$spot} is past saving.
    The {A.job} broke {his} {part} in the accident but {he} is recovering, {his} {kin} said.
    It was the {second|third|fourth|fifth} such case in {$region} this year.
    A spokeswoman for {$firm} said that she could not confirm the figure.
    A spokesman for {$firm} said that he was not aware of the letter.
    The sum of {$money} was never paid.
    {He} was found guilty in {year} and served {count} months.
    {He} denied it.
    {A.last} had injured {himself} while mending the roof.
    According to the report, {#12-78} percent of the people of {$settlement} use the {$spot} at least once a week.
    Each voter must bring his or her card.
    {C.full}, who teaches in {town}, said {he3} saw the fire from {his3} window.
    Unemployment in {$region} stood at {#3-11}.{#0-9} percent in {month}.
    {He} and {his} partner, {C.full}, bought the house in {year}.
    A Hezbollah spokesman and the Hispanic chamber of commerce were not available; this paper asked both.
    (This story has been corrected: {A.last} was born in {town}, not in {town}.)
    = money
    ${#2-90},000
    ${#1-9}.{#1-9} million
    £{#10-900},000
    €{#3-80} million
    = profile.head
    {A.full}: {A.job}, {neighbour|friend|{father}}, {hobby}
    = hobby
    {collector of {things}|champion of {topic}|the heart of {$settlement}}
    = profile.body
    {profile.line} {plain} {profile.line} {profile.line}
    {profile.line} {plain} {plain} {news.quote}
    {profile.line} {profile.line} {plain}
    {plain} {profile.line} {news.plain}
    = profile.line
    {A} has been {an A.job} all {his} life.
    {He} get{s} up at {four|five|six}, makes {drink} for {himself} and opens the {$spot}.
    “My {father was {an A.job}, and his uncle before him|mother was {an A.job}, and her aunt before her},” {he} say{s}.
    {His} customers call {him} {A}; {his} {kin} still calls {him} “the kid”.
    In {year} {he} moved to {$settlement}, where {he} met {B}. {He2} was {an B.job}.
    {He} has taught {#12-400} young people, and every one of them can tell a story about {him}.
    “{He's} strict,” says {B}, “but {he's} hardest on {himself}.”
    What does {he} do when {he's} not working? {He} read{s}. {He} walk{s} {his} {animal}. {He} play{s} the {violin|piano}.
    Being {an A.job} is not easy, {he} admit{s}.
    There are {#3-60} {things} on {his} shelf, each with {his} name on it.
    {He}’d like to see the sea again.
    As a {boy}, {he} wanted to become {an job}.
    {He} was the only {boy} in {his} class who could read a map.
    No other {A.job} in {$region} has worked as long as {he} has.
    “I’ve never seen {him} angry,” {says|said} {C}, {his} {kin}.
    The work, {he} say{s}, is its own reward.
    """##
}
