extension SamplePile.Gender {
  /// The symbols for given names, by gender: a name always goes with its pronoun.
  static let names = ["name.masculine", "name.feminine", "name.neutral"]
}

extension SamplePile.Grammar {
  static let people = ##"""
    = name.masculine
    Adam
    Albert
    Amir
    André
    Anton
    Arthur
    Benjamin
    Bernard
    Björn
    Carlos
    Charles
    Daniel
    David
    Dmitri
    Edmund
    Edward
    Emil
    Ernest
    François
    Frank
    Frederick
    Gabriel
    George
    Gregory
    Harold
    Henry
    Hiroshi
    Hugo
    Ibrahim
    Isaac
    Ivan
    Jack
    Jakob
    James
    Javier
    John
    Jonas
    José
    Joseph
    Karl
    Kenji
    Kofi
    Lars
    Leonard
    Lewis
    Luca
    Magnus
    Marcus
    Martin
    Matthew
    Michael
    Miguel
    Nathan
    Nikolai
    Oliver
    Oscar
    Otto
    Patrick
    Paul
    Peter
    Philip
    Rafael
    Raymond
    Richard
    Robert
    Samuel
    Simon
    Søren
    Stephen
    Theodore
    Thomas
    Tobias
    Victor
    Walter
    William
    Yusuf
    = name.feminine
    Abigail
    Ada
    Agnes
    Alice
    Amelia
    Anna
    Astrid
    Beatrice
    Bridget
    Camille
    Carmen
    Caroline
    Catherine
    Chiara
    Chloé
    Clara
    Daphne
    Deborah
    Dorothy
    Edith
    Eleanor
    Elena
    Elizabeth
    Ellen
    Emily
    Emma
    Esther
    Fatima
    Florence
    Frances
    Freya
    Grace
    Hannah
    Harriet
    Helen
    Helga
    Ingrid
    Irene
    Isabel
    Jane
    Joan
    Judith
    Julia
    Katharine
    Laura
    Leila
    Lena
    Louise
    Lucy
    Lydia
    Margaret
    Maria
    Marta
    Martha
    Mary
    Matilda
    Mei
    Miriam
    Nadia
    Naomi
    Nora
    Olga
    Olivia
    Penelope
    Priya
    Rachel
    Renée
    Rosa
    Ruth
    Sarah
    Sofia
    Susan
    Sylvia
    Teresa
    Ursula
    Victoria
    Yuki
    Zoë
    = name.neutral
    Alex
    Ashby
    Avery
    Casey
    Jordan
    Kit
    Morgan
    Quinn
    Robin
    Rowan
    Sasha
    Taylor
    = name.family
    Abbot
    Adeyemi
    Aldridge
    Andersen
    Ashworth
    Atkins
    Barlow
    Becker
    Bellamy
    Bergström
    Birch
    Blackwood
    Bowers
    Brandt
    Brennan
    Bright
    Calloway
    Carver
    Castellanos
    Chapman
    Clarke
    Coleman
    Connolly
    Cooper
    Crane
    Dalton
    Danforth
    Delgado
    Dewar
    Dubois
    Eastwood
    Eklund
    Ellison
    Fairchild
    Falk
    Fenwick
    Fernández
    Fletcher
    Foster
    Gallagher
    Garland
    Gibbs
    Goldberg
    Greaves
    Haddad
    Halloran
    Hansen
    Hargreaves
    Hartley
    Hayashi
    Hewitt
    Hollis
    Holloway
    Hughes
    Ingram
    Ivanova
    Jansen
    Jimenez
    Kapoor
    Keller
    Kendall
    Kowalski
    Lambert
    Langley
    Larkin
    Lindqvist
    Lockwood
    Lombardi
    Marchetti
    Marlowe
    Mbeki
    McAllister
    Mercer
    Moreau
    Müller
    Nakamura
    Norwood
    O'Brien
    Oakley
    Okafor
    Osborne
    Paige
    Pemberton
    Petrov
    Prescott
    Quigley
    Ramsey
    Redfern
    Reyes
    Rossi
    Rutherford
    Sandoval
    Schmidt
    Sharma
    Shepherd
    Sinclair
    Stanton
    Stroud
    Sullivan
    Tanaka
    Thackeray
    Thorne
    Underhill
    Vance
    Voss
    Wainwright
    Weber
    Whitaker
    Winslow
    Yates
    Zielinski
    """##

  static let vocabulary = ##"""
    = thing
    {$object:1}
    {$object:2}
    {$object:3}
    {$object:4}
    {$object:5}
    {object}
    = object
    {letter|key|lantern|notebook|kettle|photograph|basket|coat|parcel|ticket|clock|radio|ladder|candle|suitcase|bicycle}
    {violin|ledger|hammer|blanket|newspaper|mirror|jar|rope|compass|map|cup|teapot|hat|scarf|knife|spoon|bottle|box|bag|chair}
    {telescope|camera|bucket|wheelbarrow|bench|sewing machine|toolbox|raincoat|walking stick|pocket watch|fountain pen|piano}
    {torch|envelope|umbrella|pair of gloves|set of drawings|bundle of papers|loaf of bread|sack of flour|tin of biscuits}
    = things
    {letters|keys|lanterns|notebooks|photographs|baskets|parcels|tickets|clocks|ladders|candles|suitcases|bicycles|ledgers}
    {tools|blankets|newspapers|mirrors|jars|ropes|maps|cups|hats|scarves|knives|spoons|bottles|boxes|bags|chairs|apples|coins}
    = material
    {$substance:1}
    {$substance:2}
    {$substance:3}
    {substance}
    = substance
    {wood|brass|iron|glass|leather|wool|paper|oak|tin|silver|clay|linen|stone|copper|wax|cotton}
    = place
    {$spot:1}
    {$spot:2}
    {$spot:3}
    {$spot:4}
    {$spot:5}
    {spot}
    = spot
    {harbour|market|station|library|orchard|bakery|bridge|school|mill|chapel|ferry landing|workshop|garden|cellar|museum}
    {hospital|post office|town hall|courtyard|lighthouse|boathouse|greenhouse|quarry|railway yard|square|theatre|inn|stable}
    = room
    {$chamber:1}
    {$chamber:2}
    {$chamber:3}
    {chamber}
    = chamber
    {kitchen|hall|attic|back room|parlour|bedroom|study|office|pantry|waiting room|corridor|dining room|laundry|porch}
    = town
    {$settlement:1}
    {$settlement:2}
    {$settlement:3}
    {settlement}
    = settlement
    {Aldermoor|Brackwater|Hollowford|Pennyfield|Marrowgate|Eastmere|Tarn Hill|Saltby|Greyfen|Northwick|Ellersby|Dunmarsh}
    {Westerleigh|Copper Bay|Little Harrow|Stonebeck|Port Anselm|Millbrook|Ravensholm|Thistledown|Oldcastle|Fernhaven}
    = river
    {Aldwater|Brack|Tarn|Esker|Little Mere|Wend|Orrin|Calder Brook|Silverlode|Harrow}
    = region
    {Lowmark|Eskdale County|the Northern Fells|Marrow Valley|Saltshire|the Western Isles|Harrow County|the Lake District}
    = company
    {$firm:1}
    {$firm:2}
    {firm}
    = firm
    {Northwick Paper|Harrow & Lane|the Saltby Mill Company|Copper Bay Shipping|Brightwell Tools|Eastmere Insurance}
    {Calder Systems|Fenwick Brothers|the Orrin Power Board|Greyfen Foods|Tarn Hill Quarries|Lantern Press|Meridian Freight}
    = weekday
    {Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday}
    = month
    {January|February|March|April|May|June|July|August|September|October|November|December}
    = date
    {month} {#1-28}, {#1952-2019}
    = year
    {#1901-2019}
    = season
    {spring|summer|autumn|winter}
    = when
    {that evening|the next morning|before noon|after supper|on {weekday}|late in the {season}|at first light}
    {just after midnight|an hour later|towards the end of {month}|when the rain stopped|at half past {two|six|seven|nine}}
    {that same week|two days later|before breakfast|on the last day of the holidays|in the middle of the night}
    = ago
    {a week ago|{#2-30} years ago|last {weekday}|last {season}|in {year}|long ago|not long ago|some years before}
    = manner
    {slowly|quietly|carefully|quickly|gently|at once|without a word|in silence|with both hands|reluctantly|cheerfully}
    {politely|firmly|a little sadly|as if nothing had happened|in great haste|patiently|absently|with a sigh}
    = mood
    {tired|pleased|angry|cheerful|worried|calm|proud|lonely|hungry|curious|ashamed|nervous|grateful|surprised|relieved}
    {uneasy|restless|homesick|stubborn|patient|suspicious|hopeful|thoughtful|cold|wide awake|bored|embarrassed}
    = quality
    {old|new|small|heavy|broken|clean|dusty|painted|expensive|cheap|useful|strange|plain|handsome|rusty|borrowed|empty}
    = colour
    {red|blue|green|grey|yellow|brown|black|white|dark green|pale blue|crimson}
    = food
    {soup|bread|cheese|an apple|porridge|fish|eggs|a pear|potatoes|cold meat|a slice of cake|beans|rice|a bowl of plums}
    = drink
    {tea|coffee|milk|cider|water|cocoa|a glass of wine|ginger beer}
    = animal
    {$beast:1}
    {$beast:2}
    {beast}
    = beast
    {dog|cat|horse|goat|parrot|donkey|hen|rabbit|goose|pony}
    = part
    {hand|arm|shoulder|knee|forehead|left hand|right hand|elbow|cheek|wrist|ankle|chin}
    = kin
    {father|mother|brother|sister|uncle|aunt|grandmother|grandfather|cousin|niece|nephew|daughter|son}
    = count
    {two|three|four|five|six|seven|eight|nine|ten|a dozen}
    = subject
    {the harbour|the school|the railway|the old mill|the flood|the election|the garden|the price of bread|music|the war}
    {the weather|the accident|the wedding|the will|the new bridge|politics|money|the children|the journey|the concert}
    = topic
    {bicycle repair|bread making|choir singing|bird watching|gardening|chess|watercolour painting|old maps|lighthouses}
    {canal boats|wood carving|bee keeping|steam engines|amateur radio|hill walking|knitting|pottery|clock making}
    = job
    {nurse|librarian|secretary|hairdresser|teacher|midwife|baker|tailor|accountant|clerk|writer|dentist|biologist|journalist}
    {painter|gardener|physician|cook|lawyer|analyst|manager|janitor|farmer|guard|developer|engineer|driver|sheriff|carpenter}
    {mechanic|plumber|electrician|surgeon|pilot|captain|butcher|firefighter|pharmacist|translator|cashier|florist}
    = greeting
    {Good morning|Good evening|Hello|Hello there|Welcome back|Good afternoon}
    = url
    https://example.org/{_topicword}/{#100-999}
    http://www.example.com/{_topicword}?id={#1000-99999}&lang=en
    https://docs.example.net/{_topicword}.html#section-{#1-9}
    https://example.org/{_topicword}/{_topicword}-{#1-90}
    https://example.com/~{_topicword}/{_topicword}.pdf
    https://www.example.net/?q={_topicword}%20{_topicword}
    https://example.org/{his|her|news|files|img|blog}/{_topicword}
    = topicword
    {garden|harbour|bread|chess|maps|birds|music|radio|clocks|tools|letters|records|archive|library|survey}
    """##
}
