extension SamplePile.Grammar {
  /// Chat and comment threads.
  static let chat = ##"""
    = irc.head
    === {A.nick} is now known as {A.nick}_away
    === Topic for #{topicword}: {topic} | Logs: {url}
    [{#00-11}:{#10-59}] * {A.nick} has joined #{topicword}
    = irc.body
    [{#00-23}:{#10-59}] <{A.nick}> {irc.line}
    [{#00-23}:{#10-59}] <{A.nick}> {irc.line}
    [{#00-23}:{#10-59}] <{B.nick}> {A.nick}: {irc.line}
    [{#00-23}:{#10-59}] <{C.nick}{#1-99}> {irc.line}
    [{#00-23}:{#10-59}] <{B.nick}_> {irc.line}
    [{#00-23}:{#10-59}] <{D.nick}> {B.nick}, {irc.line}
    [{#00-23}:{#10-59}] * {C.nick} {irc.action}
    === {D.nick} [n={D.nick}@example.net] has quit [{Read error|Ping timeout|"Leaving"}]
    = irc.action
    scratches {his3} head
    goes to fetch {his3} {thing}
    pats {himself3} on the back
    slaps {A} with {an quality} {thing}
    is away: {drink}
    = irc.line
    hi all
    it compiles here, with {#1-9} warnings
    {verb} --{adjective} fixed it
    which kernel is that
    can't reproduce
    i'm on {#5-19}.{#04-10}
    try again with -v
    there's a bug open for that: {url}
    that's normal
    nope, still the same {noun}
    no idea, sorry
    read the topic please
    it froze again when i opened the {noun}
    where do i find the {noun} log?
    what's the difference between {an noun} and {an noun}?
    anyone know how to {verb} {an noun}?
    have you tried restarting it
    ask {B.nick}, he knows
    ask {B.nick}, she knows
    {he's3} afk, {he3}'ll be back at {#2-9}
    no
    yes
    lol
    ok thanks
    did you read {url} ?
    i think he means the other {noun}
    she said her {noun} is broken too
    not mine. hers
    he he
    hehe :)
    it's {noun}-{#1-9}.{#0-12} on my box
    what does it say when you run {verb}-{noun} ?
    WHO TOLD HIM??
    brb, {food}
    tell him to paste the log, not the whole {noun}
    his patch works for me, hers doesn't apply
    he'd know, he wrote it himself
    sudo {verb} --{adjective} | less
    E: Unable to {verb} the {noun}
    that's between you and him...
    s/he/she/ :)
    let her try it herself
    what's his nick again?
    he: no such command
    fixed it, thx {A.nick}
    <3 <3 <3
    the bot thinks everyone is a he
    = hackernews.head
    {^title.words} ({url})\n{#2-900} points by {A.nick} {#2-23} hours ago | {#3-300} comments\n======\n{D.nick}\n{hn.plain} {hn.line}
    Show HN: I built {an thing} that can {verb} {noun}s\n======\n{A.nick}\nHi all, {A} here. {hn.plain} {hn.line}
    = hackernews.body
    ------\n{A.nick}{#1-99}\n{hn.plain} {hn.line}
    ~~~\n{B.nick}\n> {hn.line}\n\n{hn.plain} {hn.line}
    ~~~\n{C.nick}\n{hn.plain} {hn.plain}
    ------\n{D.nick}_\n{hn.plain} {hn.line} {hn.line}\n\n[1] {url}
    = hn.plain
    The article confuses {noun}s with {noun}s.
    Does it work offline?
    I've been doing this since {#1990-2010} and it has never been easier.
    This is exactly why we can't have nice {things}.
    The pricing page says ${#5-90} a month, which is too much for {an thing}.
    There is prior art: {url}
    In my experience the bottleneck is the {noun}, not the {noun}.
    It's about incentives.
    At scale you would have to {verb} every {noun} twice.
    The license is the interesting part.
    That was tried in {year}, with the same result.
    Looks good on a phone, less so on a desktop.
    Correlation, causation, etc.
    We measured it: {#2-90} ms before, {#2-90} ms after.
    = hn.line
    I worked with {A} at {company}. {He} {was} the best {A.job} we had.
    The founder says he built it by himself in a weekend; I believe him.
    The founder says she built it by herself in a weekend; I believe her.
    A developer should be able to choose his or her own tools.
    This.
    He's not wrong, but he's not right either.
    She makes this point in her second book.
    If a user deletes his/her account, what happens to the {noun}s?
    The company was {hers}, the debts were {hers} too.
    Citation needed.
    It took us {#2-18} months to move off {noun}s, and I'd do it again.
    At ${#5-90} a month it's hard to complain.
    Has {he} published {his} numbers anywhere?
    You can *always* {verb} the {noun} yourself.
    I'm {an job}, and this matches what I see.
    Ask {him}. {He} answer{s} {his} mail.
    (Disclosure: {he's} a friend of mine.)
    Not {his} fault, though.
    """##

  /// E-mail with headers, replies and signatures.
  static let mail = ##"""
    = mail.head
    Message-ID: <{#10000000-99999999}.{#100000-999999}@example.com>\nDate: {Mon|Tue|Wed|Thu|Fri}, {#1-28} {Jan|Feb|Mar|Apr|May|Oct} 2001 {#00-23}:{#10-59}:{#10-59} -0700 (PDT)\nFrom: {A.mail}@example.com\nTo: {B.mail}@example.com\nSubject: {mail.subject}\nX-From: {A.last}, {A}\n\n{B},\n
    {B} -\n
    From: {A.full}\nSent: {weekday}, {date} {#1-12}:{#10-59} PM\nTo: {B.full}\nCc: {C.full}\nSubject: {RE: |FW: |}{mail.subject}\n
    = mail.subject
    {weekday}’s meeting
    {^$firm} contract
    his {thing}
    your {thing} and hers
    {lunch|invoice {#100-9999}|schedule for {month}}
    = mail.body
    {mail.line} {mail.plain} {mail.line}
    {mail.plain} {mail.plain}
    {mail.plain} {mail.line} {mail.plain} {mail.plain}
    = mail.tail
    {Thanks|Regards|Best|Cheers},\n{A}\n\n-----Original Message-----\nFrom: {B.full}\nSent: {weekday}, {#1-12}:{#10-59} AM\nTo: {A.full}\n\n\Q{mail.line} {mail.line}\n\Q{mail.line}\n\Q\n\Q{mail.line} {mail.line} {mail.line}\n\n--\n{A.full}\n{^A.job}, {$firm}\n+1 713 555 01{#10-99}
    {A}
    Thanks -\n{A}\n\n\Q> {mail.line} {mail.line}\n\Q{mail.line}\n\n{mail.line}
    = mail.plain
    The numbers for {month} are attached.
    The meeting has been moved to {weekday} at {#8-11}:{#10-59}.
    Please let me know by the end of the week.
    We need {#2-900} more {things} for the {$spot}.
    The price is ${#2-90}.{#10-99} per unit, down from last {season}.
    The {weekday} call is cancelled.
    Attached is the draft of the agreement with {$firm}. Comments?
    Volumes for {month} came to {#100-9000} units.
    The new {$object} arrived today and works fine.
    Does {weekday} at {two|three|noon} work for you?
    I agree with the changes on page {#2-40}.
    Sorry for the delay.
    The flight leaves {$settlement} at {#6-9}:{#10-59}.
    The contract expires on {date}.
    = mail.line
    I spoke to {C} about the {noun} and {he3} will send you {his3} figures by {weekday}.
    {He3} asked me to tell you that {he's3} out of the office until {date}.
    Can you give {him3} a call? {His3} extension is {#3000-9999}.
    Please copy {him3} on everything.
    {D} thinks the contract is {hers4}; it isn’t.
    Let’s meet at the {place} {when}.
    I have attached the latest version.
    Her flight gets in at {#1-11}:{#10-59}, his an hour later.
    Each manager has to sign his or her time sheet.
    Please find him another desk.
    {C} left {his3} {thing} here. Is {he3} coming back for it?
    The deal with {company} is worth {money}.
    Call me if you have any questions.
    I’ll be in {town} on {weekday}.
    He’s in Houston; she’s in London. Neither has seen it.
    Did {he3} get {his3} copy? I left {hers3} on {his3} chair.
    ‘{He3}’ll do it,’ {he3} said. We’ll see.
    I haven’t heard from {him3}.
    """##

  /// Subtitles of films and of videos.
  static let subtitles = ##"""
    = film.head
    ♪ {^weather}
    - {film.line}
    = film.body
    {film.line}
    {film.line}
    {film.line}
    - {film.line}\n- {film.line}
    - {film.line}\n- {film.line}
    <i>{film.line}</i>
    ({!A}): {film.line}
    [{door slams|dog barks|music playing|phone rings}]
    ♪ {He've} gone away, {he've} gone away ♪
    ...{_film.line}
    = film.line
    Where is {he2}?
    {He's2} in the {room}.
    I told {him2} to wait.
    {A}, look at me.
    You know {him2}?
    It's {hers2}.
    {He2} did it {himself2}.
    Who's {he2}?
    {B}. {He's2} {an B.job}.
    Tell {him2} I'm here.
    Is {he2} all right?
    Let {him2} go!
    I don't care about {him2}.
    {He2} left {his2} {thing}.
    You and {him2}?
    I was {an A.job} once.
    What do you want?
    Get {him2} out of here.
    Shh. {He's2} asleep.
    I'd die for {him2}, and {he2} know{s2} it.
    {His2} name was {B}.
    Not {hers2}. Mine.
    Yes, {sir|madam|captain}.
    He that comes first, eats first.
    {He2} never loved {him}, or {him}self...
    No!
    All right.
    Please.
    I'm sorry about your {kin}.
    We have to leave {town}.
    {He2}'d better not be late.
    = video.head
    {greeting} and welcome back to the channel
    = video.body
    so today we’re going to talk about {topic}
    and this is {A} {he's} {an A.job}
    and I asked {him} you know how long have you been doing this
    and {he} said like {#2-40} years
    so {he} take{s} the {thing} and {he} put{s} it in {his} {part} like so
    and then {he} go{es} and does it {himself}
    [Music]
    [Applause]
    don’t forget to subscribe
    I mean {he's} amazing right
    you can see {him} here on the left with {his} {animal}
    what {he's} telling {B} is that it’s all about the {material}
    and {B} she was like no way
    and {B} he was like no way
    um
    let’s see what happens
    = video.tail
    thanks for watching see you next {weekday}
    = captions.body
    {captions.german}
    {captions.spanish}
    {captions.french}
    {captions.english}
    = captions.english
    {He} is {an A.job}, and {his} {thing} is made of {material}.
    {He} thank{s} you all {himself}.
    = captions.german
    {Er|Sie} geht hin und her.
    {Das ist sein Haus.|Das ist ihr Haus.|Komm her!|Wo kommt er her?|Sie gab ihm das Buch.}
    = captions.spanish
    {Él|Ella} no ha venido hoy.
    {¿Dónde está su hermano?|¡No me digas!|El perro es suyo.|Ella le dio su libro.}
    = captions.french
    {Il|Elle} est {venu seul|au marché|à la gare}{.| hier soir.}
    {Où est son frère ?|C’est le sien.|Il lui a donné sa clé.|Elle l’a vu.}
    """##
}
