extension SamplePile.Grammar {
  /// Articles of an encyclopedia about people, places and things that do not exist.
  static let wiki = ##"""
    = person.head
    {A.full}\n\n{A.full} ({#1-28} {month} {#1801-1949} – {#1-28} {month} {#1950-2016}) was {an wiki.origin} {A.job}{ and {job}|}. {He} is best known for {his} work on {topic}.
    {A.full}\n\n{A.full} (born {date}) is {an wiki.origin} {A.job}.
    = page.head
    He may refer to the following.
    {A.full} may refer to:\n* {A.full} ({A.job}) (born {#1901-1990}), {wiki.origin} {A.job}\n* {A.full}, a character in The {^quality} {^$object}; he is played by {name.masculine} {name.family}\n* {A.full}, a {ship|song|novel|street in {town}}
    = page.body
    {wiki.element}
    = person.body
    {wiki.person} {wiki.person} {wiki.plain}
    {wiki.person} {wiki.plain}
    == {Early life|Career|Personal life|Later years|Works|Legacy} ==\n{wiki.person} {wiki.plain} {wiki.person} {wiki.person}
    Early life\n\n{A.last} was born in {town}, the second of {count} children. {His} father was {an job}; his family came from {town}. {His} mother, {name.feminine}, kept the books of her husband’s shop. {wiki.person}
    {wiki.person} {wiki.person} {wiki.person} {wiki.person}
    = person.tail
    Selected works\n\n* {^title.words} ({#1920-1960})\n* {^title.words} ({#1961-1999})\n* {^title.words} ({#2000-2016})\n\nReferences\n\nCategory:{#1801-1999} births\nCategory:People from {town}\nCategory:{^$region}
    See also\n* {topic}\n\nExternal links\n* Official website
    = wiki.origin
    {Lowmark|Eskdale|Marrow Valley|Saltshire|Harrow}
    = wiki.plain
    The house burned down in {year}.
    The prize had been founded in {#1850-1920} and is given every {second|third|fourth} year.
    The {$spot} of {$settlement} bears the name to this day.
    The book went through {#2-12} editions and was translated into {count} languages.
    At that time {$firm} was the largest employer in {$region}.
    The style of the period has been called “{mood} and {mood}”.
    Little is known about the years between {#1801-1850} and {#1851-1900}.
    Several of the {things} have survived.
    = wiki.person
    {He} was educated at the {town} Grammar School, where {his} teachers included {B.full}.
    In {year} {he} moved to {town} with {his} {kin}.
    {He} worked as {an A.job} at {company} until {he} retired in {year}.
    {He} married {B.full}, {an B.job}, in {year}; {he2} survived {him} by {#2-20} years.
    {He} taught {himself} {topic} and wrote {count} books about it, among them {^title.words}.
    {His} {quality} {thing} is now in the museum of {town}.
    Several streets are named after {him}.
    {He} was the first {A.job} from {region} to receive the prize.
    {His} papers, which {his} {kin} had kept, were given to the library in {year}.
    {B.last} described {him} as “{mood}, {mood} and always right”.
    The design is generally believed to be {hers}.
    A portrait of {him} by {C.full} hangs in the town hall.
    {He} represented {town} at the games of {year} and finished {third|fourth|fifth|ninth}.
    After {his} death, {his} {kin} published {his} letters.
    Critics praised {him} for {his} use of {material}.
    {He} and {B.last} remained friends until {his} death.
    {He} lost {his} seat in the election of {year}, regained it in {year}, and held it until {his} retirement.
    {He} was known to {his} friends as {A}.
    The novelist based one of his characters on {him}.
    The novelist based one of her characters on {him}.
    = place.head
    {$settlement}\n\n{$settlement} is a {village|town|parish|port} in {$region}, on the {$river}. At the census of {#1951-2011} it had {#120-9900} inhabitants.
    = place.body
    {wiki.place} {wiki.place} {wiki.place}
    == {History|Geography|Economy|Transport|Notable people} ==\n\n{wiki.place} {wiki.place}
    Notable people\n\n* {A.full} ({#1801-1990}–{#1991-2016}), {A.job}\n* {B.full} (born {#1930-1998}), {B.job}\n* {C.full} ({#1901-1950}–{#1951-2010}), {C.job}; he lived here with his mother until {#1930-1949}
    = place.tail
    References\n\nCategory:Villages in {$region}
    = wiki.place
    The {place} was built in {year} and restored in {year}.
    The railway from {town} reached the {village|town} in {#1838-1899}.
    It lies {#2-60} km {north|south|east|west} of {town}, at an elevation of {#2-900} m.
    The mill belonged to {A.full}, who left it to {his} {kin}.
    Queen {name.feminine} gave the market its charter; her seal is kept in the town hall.
    King {name.masculine} stayed here once with his whole court. The inn is still called after him.
    The main products are {things}, {material} and {cheese|cider|slate|herring|paper}.
    The {village|town} is mentioned in a charter of {#970-1300} as {_town}.
    In {year} a flood destroyed {count} houses.
    {A.full}, {an A.job}, planned the harbour {himself}.
    The parish church has {#2-12} bells.
    = topic.head
    {^$object}\n\nA {$object} is a {tool|device|household object|vessel|container}, usually of {material}, that is used for {topic}.
    = wiki.element
    Helium\n\nHelium (symbol: He) is a chemical element. Its isotopes are ³He and He-4. He–Ne lasers emit red light.
    He (surname)\n\nHe is a Chinese surname. People with the surname include the {job} He Lian, who lives in {town} with her family, and his namesake He Wen.
    He (letter)\n\nHe (ה) is the fifth letter of the Hebrew alphabet. In the word for “the” it is joined to the noun.
    HIS\n\nHIS may refer to:\n* Hospital information system\n* HIS-tag, in biochemistry\n* Bundle of His, in the heart
    Hers (band)\n\nHers were a band from {town}. Its singer, {A.full}, wrote most of the songs {himself}.
    = topic.body
    {wiki.topic} {wiki.topic} {wiki.topic}
    * {^things}\n* {^things}\n* {^things}
    == {Use|Origin|Types|In art} ==\n{wiki.topic} {wiki.topic}
    {Use|Origin|Types}\n\n{wiki.topic} {wiki.topic} {wiki.topic}
    = wiki.topic
    The oldest known {$object} was found near {town} in {year}.
    In {region}, a bride is given {an thing} by her mother-in-law.
    An apprentice had to make {an thing} before he could call himself a master.
    It is often made of {material}, less often of {material}.
    Its size varies between {#2-40} and {#41-200} cm.
    In {year} {A.full} of {town} patented {his} own version of it.
    It should not be confused with the {thing}.
    The word was first recorded in {#1400-1899}.
    """##
}
