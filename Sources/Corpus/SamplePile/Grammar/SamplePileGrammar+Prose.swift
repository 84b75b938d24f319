extension SamplePile.Grammar {
  /// Narrative of today, in the past tense: novels, stories, memoirs.
  static let prose = ##"""
    = novel.head
    {^title.words}\n\n{by|A novel by|} {A.full}\n\n\nChapter 1
    {!title.words}\n\n{A.full}\n\n\nONE
    {^title.words}\n\nPart One
    = title.words
    the {quality} {$object}
    {a winter|a summer|an autumn|the long way|the road} {in|to} {$settlement}
    the {job}’s {thing}
    what {he} left in {$settlement}
    the house by the {$river}
    = novel.body
    {paragraph}
    {paragraph}
    {paragraph}
    {paragraph}
    {talk.exchange}
    {talk.exchange}
    {chapter}
    = chapter
    {\nChapter {#2-40}\n|\n* * *\n|\n* * *\n|\n{#2-40}\n|\n⁂\n}\n{paragraph}
    = novel.tail
    {paragraph}\n\nThe End
    {closing}
    = memoir.head
    {^title.words}\n\n{A.full}\n\nPreface
    = memoir.body
    {memoir.line} {plain} {memoir.line} {plain} {memoir.line}
    {plain} {memoir.line} {sentence} {plain}
    {paragraph}
    = memoir.line
    My {father|grandfather|brother|uncle} kept {his diary|his accounts|bees|silence|the shop on his own} for forty years, and he never {explained why|told us}.
    My {mother|grandmother|sister|aunt} said that the {$spot} was hers by right, and she meant it.
    I met {A} {ago}, when {he} {was} {an A.job} in {$settlement}.
    {A}, who {was} then {an A.job}, taught me most of what I know about {topic}.
    I wrote to {him} {when}, and {he} answered within the week.
    Nothing that I have read about {him} since does {him} justice.
    {He} had {his} own way of doing things; mine was slower than {hers}.
    When I think of {$settlement} I think first of {him}, and of {his} {quality} {thing}.
    I asked {him} once whether {he}’d do it all again. {“Of course,”|“Never,”|“Ask me tomorrow,”} {he} said.
    We were neighbours, {he} and I, for {#3-30} years.
    {He} gave {himself} no credit for it, then or later.
    There is a photograph of {him} in the {room}, taken in {year}: {he} {is} holding {his} {thing} and laughing.
    = paragraph
    {open} {sentence} {plain} {sentence}
    {open} {plain} {sentence} {plain} {sentence} {plain}
    {open} {plain} {sentence} {thought} {plain} {sentence} {closing}
    {weather} {open} {sentence} {plain} {thought}
    {weather} {plain} {open} {sentence} {sentence} {plain} {two}
    {open} {two} {plain} {sentence} {plain}
    {scenery} {open} {sentence} {plain} {sentence} {plain} {thought} {sentence}
    {open} {plain} {sentence} {closing}
    {open} {plain} {thought} {plain} {thought} {sentence}
    {open} {two} {plain} {two} {sentence} {talk.line}
    {plain} {plain} {open} {odd.sentence} {plain} {sentence}
    {scenery} {plain} {weather} {plain}
    {plain} {open} {sentence} {plain} {plain} {sentence} {plain}
    = plain
    A cart went by with {things} piled as high as the first floor, and after that the street was quiet again.
    The shop at the corner of the {place} sold {things}, {things} and, on market days, {food}.
    Somebody had painted the door of the {room} {colour}, and the smell of paint still hung in the air.
    The bell of the {place} rang {three|four|nine} times and stopped.
    From the {room} came the sound of {an thing} falling to the floor.
    There was {drink} on the table, and {food}, and not much else.
    The path to the {place} was narrow and steep, with a wall of {quality} stones on one side.
    In those years nobody in {$settlement} locked the doors, and strangers were rare.
    A {animal} slept in the sun before the {place}.
    The rain had made a small lake of the {place}.
    On the shelf stood {count} {things}, {an thing} made of {material}, and a picture in a {colour} frame.
    The boat left {$settlement} at {six|seven|half past eight} and reached {$settlement:1} before noon.
    It was said that the {place} had once belonged to {an job} who went to sea and never wrote.
    The {season} that followed was the longest that anyone in {$settlement} could remember.
    Nothing had changed in the {room} except the {thing}.
    Children ran along the {$river} with sticks and shouted at the ducks.
    Far away a train whistled, and the dogs of {$settlement} answered.
    The price of bread had gone up again, and people talked of little else.
    The lamp on the table gave more smoke than light.
    There were {things} everywhere: on the chairs, on the stairs, even on the roof of the {place}.
    The road was empty as far as the {place}.
    A letter lay on the {thing}, and a second one under it.
    The water of the {$river} was {brown|green|black|clear} and very cold.
    A smell of {smoke|coffee|oil|soap|fresh bread} came up from the {room}.
    It takes a good hour to walk from the {place} to the {place}, and longer in winter.
    Three doors led out of the {room}; two of them were locked.
    Outside, the first {carts|buses|lorries|bicycles} of the day rolled over the bridge.
    The {thing} had cost {count} coins, which was a great deal at that time.
    The newspaper of {$settlement} printed a short notice on the last page.
    Between the {place} and the {$river} the ground was soft and full of rushes.
    The fire had gone out, and the ashes were cold.
    On {weekday} the {place} stayed closed.
    A clock ticked in the {room}, a little too fast.
    Then came the year of the flood, and half of the {place} was washed away.
    The moon rose over the roofs of {$settlement}.
    Most of the houses were built of {material}, with {colour} shutters and small gardens.
    The key turned in the lock with a noise like a cough.
    It was {weekday}, and the {place} was full of people buying {things}.
    Behind the counter hung a calendar of the year before.
    There is an old song about that {thing}, but only the first verse is known.
    The stairs creaked, and a door opened and closed.
    At that hour the {place} smelled of {wet wool|cut grass|sawdust|lamp oil}.
    No ship had called at {$settlement:1} since the beginning of {month}.
    The table was laid for {two|three|five|six}, with the good {cups|spoons|glasses}.
    Dust lay on the {things}, thick as felt.
    The garden behind the {place} had run wild, and apples rotted in the grass.
    In the middle of the {room} stood {an quality} {thing}, and nothing else.
    The mist lifted from the {$river}, and one by one the boats appeared.
    Everyone agreed that the new {place} was too large for {$settlement}.
    The coach from {$settlement:1} had brought the mail, {count} passengers and a box of {things}.
    Along the wall grew roses, and in front of the roses stood a bench of {material}.
    Winter came early that year; by {month} there was ice on the {$river}.
    = open
    {A} came back to the {$spot} {when}.
    {A} had been {an A.job} for {#2-30} years.
    {When|On the day when} {B} left {$settlement}, {A} was {an A.job} with {no savings|two children|a rented room|a broken {thing}}.
    {A}, the {A.job}, lived above the {$spot}.
    {^when}, {A} found {an thing} on the step of the {place}.
    Nobody in {$settlement} had expected {A} to stay.
    {A} put {his} {thing} on the table and sat down.
    {B} was waiting for {A} at the {place}.
    The {A.job} looked at {his} {thing} and shook {his} head.
    As {an A.job}, {A} knew what to look for.
    There was only one {A.job} in {$settlement}, and that was {A}.
    {A} woke before the others and dressed {himself} {manner}.
    The {room} was empty when {A} came in.
    It was {A} who first noticed the {colour} {thing}.
    {A} and {B} had known each other since school.
    {A.full} had promised to be at the {place} by {seven|eight|noon|six}.
    It took {A} {count} weeks to find work as {an A.job}.
    {A} never spoke about {subject}.
    {B} had lent {A} {an quality} {thing} {ago}.
    Every {weekday} {A} walked to the {$spot} with {his} {animal}.
    {A} was {mood}, and {he} did not hide it.
    “You’re late,” said {A}.
    On the way to the {place}, {A} met {B}.
    The letter was addressed to {A.full}, {A.job}, {$settlement}.
    {A} opened the door of the {$spot:1} and listened.
    Since {his} {kin}’s death {A} had lived alone.
    {A} counted the {things} again.
    What {A} wanted was simple.
    For once {A} had nothing to do.
    {A} stood at the window with {his} {thing} in {his} {part}.
    At the {place}, {A} bought {food} and {an thing}.
    {He} {was} not the only {A.job} in the family: {A}’s {kin} had been one too.
    {A} was sure that {B} had seen {him}.
    The train to {$settlement:1} was late, and {A} sat on {his} {suitcase|bag|coat} and read.
    Of all the people at the {place}, only {A} kept {his} temper.
    {A} knew the {place} better than anyone.
    {A} worked as {an A.job} in those days, and {he} was good at it.
    “Ask {A},” people used to say. “{He’ll|He will} know.”
    Two men came to the {place} and asked for {A}.
    {A} had not slept.
    {A}, {mood} as ever, began with the {things}.
    = sentence
    {He} took the {thing} and went out.
    {He} closed the door behind {him}.
    {He} said nothing for a while.
    {His} {part} still hurt.
    {He} had left {his} {thing} at the {place}.
    The {quality} {thing} was {hers}, and everybody knew it.
    {B} gave {him} {an thing} and told {him} to wait.
    {He} read the letter twice; then {he} folded it and put it in {his} pocket.
    {He} {was} {mood}, but {he} {was} not {mood}.
    {His} {kin} had told {him} about it {ago}.
    {B} asked {him} if {he} had any {things} left.
    “It’s not {hers},” said {B}. “It never was.”
    {He} ate {food} and drank {drink}.
    {He} wondered what {B} thought of {him}.
    {B} watched {him} {manner}.
    In the end {he} kept it for {himself}.
    That was {his} mistake.
    {He} walked as far as the {$river} and turned back.
    If {he} hurried, {he} would still catch {B} at the {place}.
    Then {he} remembered {his} {thing}.
    {He} had never liked the {place}, and the {place} had never liked {him}.
    “I know,” {he} said.
    {He} did not answer (it was not {his} way).
    The others laughed at {him}, and {he} let them.
    {His} hands were cold: {he} had forgotten {his} gloves.
    What was {he} to do?
    {He} would ask {B}; {B} would know.
    There was a draught, and {he} pulled {his} coat around {him}.
    {B} told {him} that {his} {kin} was ill.
    {He} wanted to be alone with {his} {things}.
    Nobody believed {him}!
    {He} opened the letter and read it standing.
    {He} set {his} {thing} on the floor and looked about.
    “Wait,” {he} said, and listened.
    {He} had walked all the way from {$settlement:1}, and {his} feet hurt.
    {He} was the first to arrive and the last to leave.
    {B} saw {him} in the crowd and waved.
    {He} smiled, but {his} eyes did not.
    {He} knocked; nobody came.
    {He} turned the {thing} over and over in {his} hands.
    When {he} spoke at last, {his} voice was calm.
    {He} had {count} brothers, and {he} wrote to none of them.
    {He} paid the {job} and asked for {his} change.
    It was cold, and {he} put on {his} coat.
    {He} followed {B} into the {room}.
    {He} had lost {his} hat in the wind.
    The noise woke {him} before dawn.
    {B} poured {him} {drink}, and {he} drank it standing up.
    {He} could not remember where {he} had left {his} {thing}.
    {He} leaned against the wall and closed {his} eyes.
    {He} asked the {job} for {his} opinion.
    {He} never wore {his} {colour} coat again.
    Some people in {$settlement} were afraid of {him}.
    {He} was glad when the {animal} came back.
    {His} was the last house before the {place}.
    A friend of {hers} had seen it happen.
    “Good,” said {B}, and smiled at {him}.
    {B} had brought {his2} own {thing}, which was older than {hers}.
    {He} put it back where {he} had found it.
    It seemed to {him} that the {room} had grown smaller.
    {He} thanked {B}, paid for the {thing}, and left.
    For {him}, that was enough.
    {He} knew it — and {B} knew that {he} knew.
    Was it {his}? {He} could not say.
    {He} waited…
    All day long {he} thought of {subject}.
    {He} had the {colour} {thing} with {him}.
    {He} could hear {B} in the {room}.
    {B} took {him} by the {arm|hand|sleeve} and led {him} to the {place}.
    Behind {him}, the {animal} began to make a noise.
    {He} lifted {his} {part}, and {B} stopped.
    It was no business of {hers}.
    Between {him} and the {place} lay the whole of {$settlement}.
    {He} told {B} the truth, or most of it.
    {His} {kin} had made the {thing} from {material}, and {he} was proud of it.
    Without {him} the {place} would have closed {ago}.
    “And {he}?” asked {B}.
    “{He's} an honest {A.job},” said {B}.
    {He} could do it by {himself} now.
    Near {him} somebody was singing.
    “I’ve told {him},” said {B}; “{he} won’t listen.”
    {He} (and {his} {kin}, and {his} {kin}’s {animal}) slept in the {room}.
    {B} had promised {him} {count} {things}, and had given {him} {two|none|one}.
    {He} slipped the {thing} into {his} bag, unseen.
    {He} tried to picture {B} as {an job}, and failed.
    Not even {B} could tell {him} why.
    = thought
    {He} thought about {subject}, and about what {B} had said.
    Perhaps {he} {was} wrong.
    {He} had been so sure of {himself}.
    It would have been easy to go home; {he} stayed.
    Had {B} lied to {him}?
    How could {he} explain it to {B}?
    {He}’d been {mood} for weeks, and now {he} {was} only {mood}.
    {He}’d have to write to {his} {kin}.
    Sooner or later they’d find out, and then what would become of {him}?
    The idea was {hers}, and {he} was not going to give it away.
    Something about {B} made {him} {mood}.
    {He} did not want to be like {his} {kin}.
    {He} knew every stone of {$settlement}, and none of them knew {him}.
    If only {he} had kept the {thing}!
    {A strange|A sudden|A cold|An odd|An unpleasant|A new} thought came to {him}: what if the {thing} had never been {hers}?
    That, {he} decided, was a question for another day.
    {He}’ll come, {B} thought. {He} always {does}.
    It was not the money that troubled {him}—it was the silence.
    Part of {him} wanted to run.
    {He} had made up {his} mind.
    The truth was {his} and nobody else’s.
    Nobody had asked {him} what {he} wanted.
    = two
    {He} offered {B} {food}, but {he2} shook {his2} head.
    {B} said that {he2} had never seen {him} before.
    {He} wanted to go; {B} wanted {him} to stay.
    When {B} came in, {he} {was} asleep with {his} head on {his} arms.
    {B} had {his2} own troubles, and {he} did not ask about them.
    {He} showed {B} {his} {thing}, and {B} showed {him} {hers2}.
    {B} liked {him}, in {his2} way.
    {He} and {B} shared {food} on the steps of the {place}.
    {B} handed {him} {his} {thing} and kept {hers2}.
    {He} could see that {B} {was2} {mood}, and that {he2} {was2} trying not to show it.
    “It’s yours,” {he} told {B}, and put the {thing} into {his2} hands.
    Neither {he} nor {B} spoke of {subject} again.
    {B} was {an B.job}, and {he2} thought that {he} should become one too.
    {He} called {B}, but {B} did not hear {him}.
    {B} asked {his2} {kin} about {him}, and got no answer.
    Whatever {B} did, {he} did too.
    {He} saw {B} at the {place} with {C}, and pretended not to know {him2}.
    {C} told {B} about {him}; {he2} only laughed.
    {B} believed every word {he} said, and {he} knew it.
    = weather
    It had rained all night.
    The wind had turned, and the {place} smelled of {smoke|salt|apples|tar|wet hay}.
    Snow lay on the roofs of {$settlement}.
    The {season} had been {long|dry|wet|short|mild}.
    By {month} the {$river} was {high|low|frozen|full of boats}.
    A thin fog hung over the {place}.
    The sun had not yet reached the {place}.
    It was one of those {season} days when nothing moves.
    The clocks of {$settlement} struck {three|five|eleven}.
    The heat lay on the {place} like {an thing}.
    A storm was coming up from {$settlement:1}.
    The first frost came {when}.
    Leaves blew through the open door of the {place}.
    Somewhere {an animal} was making a noise.
    = scenery
    The {place} of {$settlement} stands on a hill above the {$river}.
    There were {count} {things} on the table, and none of them was {clean|new|whole|in its place}.
    The {room} was narrow, with a window on the {place}.
    On the wall hung {an quality} {thing} and a picture of {$settlement}.
    The road from {$settlement} to {$settlement:1} follows the {$river} for {#3-40} miles.
    Everything in the {room} was made of {material}.
    Beyond the {place} there was nothing but {fields|water|sand|stones|railway lines}.
    The stairs led down to {an quality} {room}.
    {^count} {things} hung from the ceiling of the {room}.
    = closing
    {He} never saw {B} again.
    That was how {he} became {an A.job}.
    {He} went home.
    And that was all {he} ever said about it.
    In {$settlement} they still talk about {him}.
    Then {he} put out the light.
    {B} watched until {he} was out of sight.
    It was enough, {he} thought, for one day.
    “Goodbye,” {he} said, and this time {he} meant it.
    After that, the {thing} was {hers}.
    {He} laughed until {he} had to hold on to {B}.
    So {he} forgave {himself}.
    = odd.sentence
    Each of them, he or she, had brought {his or her|her or his|his/her} own {thing}.
    Whoever finds it may keep it, if {s/he|he/she|he or she|(s)he|she or he} can carry it.
    The sign on the door said {!quality} {!things} FOR HIM & HER.
    “No,” {HE} SHOUTED. “NO!”
    “{HE} SAID NO,” wrote {B} in capitals, “AND {HE} MEANS IT. ASK {HIM}.”
    {He} (that was how {B} spoke of {A}: always ‘{he},’ never the name) {was} late.
    The word on the slip was “{his}”, in {his} own hand.
    That’s {him}… {he's} the one… I’d know {him} anywhere.
    There are {#3-20} ways to mend {an thing}: {his}, mine and the right one.
    Everything, the {thing}, the {things}, even the {animal}—{his}!
    In all of {$settlement}, only {he}—{he} alone—had seen it.
    {He}, {himself}, had never set foot in the {place}.
    It was {him}. {Him}! After {#3-30} years!
    _{He}_ had not forgotten; _{his}_ memory was excellent.
    {He}, {he} thought, {he} of all people.
    They laughed, “hehe”, and whistled; this was history.
    “{His}?” “{Hers}.” “Not mine?” “{His}, I said!”
    {B} had written ‘ask {him}’ on the envelope.
    The list read: {things}, {things}; for {him}: {an thing}/{an thing}.
    {He've} been here, {he}’d been there, and {he}’ll be back.
    This he-man act did not fit {him}.
    _{He} knew,_ thought {B}. _{He} knew all along._
    That was what {he}—of all people—wanted for {himself}.
    “LEAVE {HIM} ALONE,” read the note. “{HE} DID IT {HIMSELF}.”
    Not _{he}_ but _{his}_ {kin} had signed it.
    """##

  /// Conversations.
  static let dialogue = ##"""
    = talk.exchange
    {talk.line}\n\n{talk.answer}\n\n{talk.answer}
    {talk.line}\n\n{talk.answer}\n\n{talk.line}\n\n{talk.answer}\n\n{sentence}
    {talk.line}\n\n{talk.answer}
    {open} {talk.line}\n\n{talk.answer}\n\n{talk.answer}\n\n{talk.answer}\n\n{thought}
    = talk.line
    “Have you seen {B}?” {A} asked.
    “I saw {him2} {when},” said {A}. “{He2} was on {his2} way to the {place}.”
    “Where is {he2}?” {he} asked. “Where’s {B}?”
    “That’s {hers2},” {A} said, “so give it back to {him2}.”
    “You know {B},” said {A}; “{he2}’ll never admit it.”
    “{He's2} {an B.job},” said {A}. “What did you expect of {him2}?”
    {A} put down {his} {thing}. “Who told you?”
    “Did {he2} say so {himself2}?” asked {A}.
    “What’s {his2} name?” “{B}. {He's2} {an B.job}.”
    “Leave {him2} alone!” {A} cried.
    “{He2} told me that {he2}’d sold it.”
    “If {he's2} hungry, let {him2} eat,” said {A}, and cut {himself} a piece of bread.
    “Tell {him2},” {A} said {manner}. “Tell {him2} before {he2} hear{s2} it from {C}.”
    “My {kin} knew {his2} {kin},” said {A}.
    “The {B.job}? I have not seen {him2} since {weekday}.”
    “{He've2} gone—{he2} took {his2} {thing} and went.”
    “It isn’t {his2} fault,” {A} said. “{He2} did what {he2} could.”
    {A} turned to {B}: “Is it true?”
    “You’re sure it was {him2}?” {he} asked for the third time.
    “I’d trust {him2} with my {thing},” said {A}.
    “Between you and {him2},” {A} said, “I’d choose {him2}.”
    “They let {him2} go {ago},” said {A}.
    “Ask {him2} yourself: {he's2} in the {room}.”
    “So {he2} lied,” said {A}. “To me, to {C}, to {himself2}.”
    “{He2} call{s2} {himself2} {an B.job}!” {A} laughed.
    = talk.answer
    “I don’t know,” said {B}.
    “{He} isn’t here,” said {C}. “Neither is {his} {thing}.”
    “Perhaps,” {he2} said.
    {B} shrugged. “It’s nothing to me.”
    “Ask {C}: {he3} know{s3} everything.”
    “I’ve known {him} for {#2-30} years, and I still don’t understand {him}.”
    “Then we’ll wait.”
    “No!” {B} struck the table with {his2} {part}. “I won’t have it.”
    “That’s what {he} said, too.”
    “You should have asked,” said {B}, without looking up from {his2} {thing}.
    {B} thought about it. “All right,” {he2} said at last.
    “{He}’ll be back,” said {B}. “{He} left {his} {thing}.”
    “Yours, mine, {hers}—what does it matter?”
    “I’m only {an B.job},” {he2} said. “Ask {an job}.”
    “Is {he} {mood}?” “{He} say{s} {he} isn’t.”
    “It was {ago},” said {B}. “I’ve forgotten.”
    “Nonsense,” said {B}, and {he2} went on with {his2} work.
    “You’ll have to tell {him} {himself},” said {B}. “I won’t.”
    “{He} did it for {his} {kin},” {B} said quietly.
    “If I were {him},” said {B}, “I’d go to {$settlement:1}.”
    “Who, {him}?” “Yes, {him}.”
    “That makes two of us,” {he2} said.
    “Any {job} could do it, if {he|she} tried.”
    “Did {he}?” {B} sounded {mood}.
    “The {A.job} said {he} needed more {things}.”
    “Let {him} try,” said {B}. “Let {him} just try.”
    “{He}’d better,” said {B}.
    """##

  /// Narrative of a hundred years ago.
  static let oldProse = ##"""
    = old.head
    \C{!title.words}\n\n\CBY\n\n\C{!A.full}\n\n\C{!$settlement}\n\C{#1868-1919}\n\n\n\CCHAPTER I.\n\n\CIN WHICH {!A} MEETS {!B}.
    \C{!title.words}\n\n\C_A Tale_\n\n\CCHAPTER THE FIRST
    = old.body
    {old.paragraph}
    {old.paragraph}
    {old.paragraph}
    {old.paragraph}
    {old.talk}
    {old.talk}
    {old.chapter}
    {old.verse}
    = old.tail
    \CTHE END.
    \CFINIS.
    = old.chapter
    \n\CCHAPTER {II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIV|XV|XX|XXI}.\n\n{old.paragraph}
    \C* * * * *\n\n{old.paragraph}
    [Illustration: “_{He} looked up from {his} {thing}._”]
    = old.paragraph
    {old.open} {old.sentence} {plain} {old.sentence} {plain} {sentence}
    {old.open} {plain} {old.sentence} {sentence} {plain} {old.sentence} {plain} {thought}
    {plain} {scenery} {plain} {old.open} {old.sentence} {plain}
    {weather} {plain} {old.open} {plain} {old.sentence} {old.sentence} {plain} {old.sentence} {two} {plain} {old.sentence}
    {old.open} {plain} {old.sentence} {thought} {plain} {old.sentence}
    = old.open
    It was in the {season} of {#1801-1899} that {A.title} {A.last} first came to {$settlement}.
    {A.title} {A.last}, {an A.job} by trade and a {gentleman} by inclination, was seated before the fire.
    The {A.job}, for such {he} was, made no reply.
    {A} drew {his} chair nearer to the lamp.
    Upon hearing this, {A} rose, and begged that {he} might be excused.
    There lived at that time in {$settlement} {an A.job} of the name of {A.last}.
    My reader will remember that we left {A} at the {place}.
    “Bless me!” cried {A.title} {A.last}.
    It must not be supposed that {A} was {mood}.
    {A} had by this time recovered {himself}.
    Meanwhile {B}, to whom nobody had said a word, sat with {his2} {thing} upon {his2} knees.
    At the {place}, as {A} had foreseen, all was in confusion.
    = old.sentence
    {He} was, to do {him} justice, as honest {an A.job} as ever lived.
    {He} bowed; {B} returned the bow, and seated {himself2} at the table.
    {His} {kin}, a person of good sense, had warned {him} against the {place}.
    {He} could not but admire the manner in which {B} had conducted {himself2}.
    “I will speak to {him2} _myself_,” said {he}, “and {he2} shall hear the _whole_ of it.”
    Whether {he} loved {B} or no, I cannot say; but {his} hand trembled.
    {He} betook {himself} to the {place}, where {he} found {B} in conversation with {an job}.
    Had {he} but known it, {his} fortune was already made.
    _{He}_ should have the {thing}, and nobody else should; so {he} told {himself} a hundred times.
    Of {him} I shall have more to say hereafter.
    {He} had but one friend in {$settlement}, and that friend was false to {him}.
    “{Himself}, or nobody,” was the answer.
    If {he} had a fault, it was that {he} trusted too readily in {his} own judgment.
    There was that in {his} countenance which forbade {B} to question {him} further.
    {He} was dressed in black; {his} {hat|coat|scarf} was of {colour} {wool|silk|velvet}; about {him} hung a smell of {tobacco|lavender|camphor}.
    {He}’d have given all that was {hers} to undo it.
    To {him}, at least, the matter was plain.
    “Not {he}!” said {B}. “Not {he}, indeed.”
    = old.talk
    “You are mistaken, {sir2},” said {A}. “The {thing} is not {hers2}; it is mine.”
    “Does {he2} know it?” asked {A}.\n\n“{He2} know{s2} it very well,” returned {C}; “and {he2} bear{s2} it like the {B.job} {he2} {is2}.”
    “He who digs a pit for others,” said {A}, “falls into it himself; and she who sows will reap.”
    “I have seen {him2},” said {A}, “at {his2} window, with {his2} head in {his2} hands.”
    = old.verse
    \V    {He} came by night, {he} came by day,\n\V      {His} lantern in {his} hand;\n\V    And no one heard {him} go away\n\V      {Himself} from that cold land.
    \V    The {thing} was old, the {thing} was {hers},\n\V    {He} left it by the door.\n\V    {His} {animal} lay among the firs,\n\V    {Himself} upon the shore.
    """##

  /// Novels that their writers put on the web.
  static let indieProse = ##"""
    = indie.head
    {!title.words}\n\nby {A.full}\n\nCopyright {#2008-2014} {A.full}\n\nThis is a work of fiction.\n\nChapter One
    = indie.body
    {indie.paragraph}
    {indie.paragraph}
    {indie.paragraph}
    {talk.exchange}
    {paragraph}
    {chapter}
    = indie.tail
    ~ ~ ~\n\nThank you for reading! {A.full} is {an A.job} and lives in {$settlement} with {his} {animal}.
    = indie.paragraph
    {indie.sentence} {plain} {sentence} {indie.sentence}
    {open} {plain} {indie.sentence} {plain} {indie.sentence} {thought}
    {indie.sentence} {two} {indie.sentence} {sentence}
    {open} {indie.sentence} {plain} {sentence} {plain} {indie.sentence}
    = indie.sentence
    {A}’s heart was pounding in {his} chest.
    {He} rolled {his} eyes. Seriously?
    {B} was everything {he} {was} not: {mood}, {mood} and never late.
    {He} grabbed {his} phone and texted {B}: where r u
    A shiver ran down {his} spine.
    {B} grinned at {him}, and {his} knees went weak.
    The sword was {hers} now. It hummed in {his} hands.
    {He} couldn’t believe it. {He} just couldn’t.
    {He}’d been an ordinary {A.job} until the day the portal opened in the {room}.
    “{He's2} one of them,” {A} breathed. “A seer.”
    {B} leaned closer, so close that {he} could feel {his2} breath on {his} {part}.
    {He} pushed {himself} to {his} feet.
    The guards had {him} surrounded. Great. Just great.
    Whatever {B} was hiding, {he} was going to find out.
    {He} let out a breath {he} didn’t know {he} had been holding.
    {He} was {an A.job}, for heaven’s sake, not a hero.
    Of course the dragon wanted {him}. Who else?
    {His} coffee had gone cold. So had {he}.
    """##
}
