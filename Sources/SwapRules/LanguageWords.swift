import CBytes

/// Words that tell a passage's language, each of them common in it and rare in all that it is held against: at most three in
/// a million words of English, or forty for those that are only likely to be of another language. Those that are common
/// in English and in another language ("in", "to", "was", "met") are in no list, nor is any word that a true swap may write
/// or replace ("him", "she", "son"): what is decided of a text must be decided of the swapped text, too.
struct LanguageWords: @unchecked Sendable {  // never changed
  enum Language: UInt64 { case english, titleEnglish, other, likelyOther }

  private static let bits = UInt64(tiresias_language_bits)
  private static let languageShift = UInt64(tiresias_language_shift)
  private static let word: UInt64 = 1 << languageShift - 1

  /// Open addressing; the top bits say the language. At most half full.
  private let slots: UnsafeBufferPointer<UInt64>
  /// A bit for each hash that a word here has, of eight times as many as there are slots: most words of a text are in no
  /// list, and one bit says so.
  private let hashes: UnsafeBufferPointer<UInt64>
  /// The same words for C.
  let plainList: OpaquePointer
  /// The pack's own words, which say nothing: "fiancée" is one of `gendered-nouns`.
  private let forms: WordTable?

  /// `width` is the most bytes that C looks at in one step.
  init(forms: WordTable? = nil, width: Int32 = 32) {
    self.forms = forms
    var slots = [UInt64](repeating: 0, count: 1 << Self.bits)
    Self.add(Self.english, .english, to: &slots)
    Self.add(Self.titleEnglish, .titleEnglish, to: &slots)
    Self.add(Self.others, .other, to: &slots)
    Self.add(Self.likelyOthers, .likelyOther, to: &slots)
    self.slots = Tables.copy(slots)
    var hashes = [UInt64](repeating: 0, count: slots.count / 8)
    for slot in slots where slot != 0 {
      let hash = Self.hash(slot & Self.word) >> (64 - Self.bits - 3)
      hashes[Int(hash >> 6)] |= 1 << (hash & 63)
    }
    self.hashes = Tables.copy(hashes)
    plainList = tiresias_make_language_words(self.slots.baseAddress, width)
  }

  func deallocate() {
    tiresias_free_language_words(plainList)
    slots.deallocate()
    hashes.deallocate()
  }

  private static func add(_ text: StaticString, _ language: Language, to slots: inout [UInt64]) {
    text.withUTF8Buffer { buffer in
      for bytes in buffer.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
        var word = PackedWord()
        for byte in bytes { word.append(byte) }
        var index = Int(hash(word.bits) >> (64 - bits))
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = word.bits | language.rawValue << languageShift
      }
    }
  }

  private static func hash(_ bits: UInt64) -> UInt64 { bits &* 0x9E37_79B9_7F4A_7C15 }

  func isForm(_ word: FoldedWord) -> Bool { forms?.value(of: word) != nil }

  @inline(always)
  func language(of word: PackedWord) -> Language? {
    guard word.isShort else { return nil }
    let hash = Self.hash(word.bits)
    let bit = hash &>> (64 - Self.bits - 3)
    guard hashes[Int(bit &>> 6)] &>> (bit & 63) & 1 != 0 else { return nil }
    var index = Int(hash &>> (64 - Self.bits))
    while slots[index] != 0 {
      if slots[index] & Self.word == word.bits {
        return Language(rawValue: slots[index] >> Self.languageShift)
      }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private static let english: StaticString = """
    that with they you this from not it were which would said there been when who what my your
    their into could about then its our should because these those than them where while how only other very
    before after through being just every make know think come never now again
    if out up did some must upon good two much way old might too own right thought does great went found though
    got same why away nothing shall look another tell yes going yet ever against night people always between
    whether many things told says three since are well such without use here made down say came back looked seemed
    something thing both most more one
    """

  /// English titles and names bring these into other languages ("af The Lord of the Rings"), or one of them has them too.
  private static let titleEnglish: StaticString = """
    the and of but is had we by be can
    """

  /// German, Danish, Norwegian, Swedish, Dutch, French, Spanish, Catalan, Portuguese, Italian, Finnish, Latin.
  private static let others: StaticString = """
    und ist nicht das dem ein eine einen einer eines auch sich mit auf für wird sind aber wie nach bei nur noch über
    wenn oder ich wir sie zum zur durch sein seine haben wurde werden diese dieser dass daß kann mehr schon sehr
    ihre ihr ihm ihn uns mein meine kein keine doch dann damit weil hin nichts alle unter gegen vor aus als bis
    og det ikke på til af som har jeg hun ved fra eller blev sig skal også hvor være efter mange nogle deres denne
    dette nu ud ind kun meget hvis når hvad hvem vores mig hende været bliver havde kunne skulle ville noget
    ingen mellem
    och att är för inte av jag han från om när mycket sina ett vid
    het een niet zijn voor ook maar deze worden wordt naar bij uit heeft werd hebben aan
    est une dans pour que qui pas sur avec par cette sont mais nous vous il elle ils elles aux été être leur ses ont où
    sans même aussi comme tout ces fait après très était avait peut bien deux je au ou à
    se por una para es como más pero sus está lo muy fue sobre entre este esta desde hasta cuando
    ser años había mi todo si porque nos donde fueron tiene sido qué
    che è sono della nel anche più gli dei delle alla nella questo questa essere hanno suo sua
    não uma foi ao pelo pela são também seu muito já às
    ja ei että ovat mutta oli hän olen mitä niin sitä
    sed quod quae enim autem atque sunt esse
    hendes dens dets jer dit sine vort aldrig altid ofte endnu så ene ens både enten hverken fordi mens siden indtil
    uden ifølge hos langs gennem blandt foran omkring inden cirka siger sagde sagt gør gjort gøre får fik fået få
    går gik gået gå kommer kom kommet står stod ligger lå sidder giver gav givet tager tog taget fandt fundet må
    måtte bør burde tror troede mener mente synes vidste blive blevet nyt nye stor stort større lille små første
    sidste næste anden andet samme hele intet nogen hver hvert selv egen eget egne godt gode bedre bedst år dage
    gange mand kvinde børn verden liv hus ting måde sted vej penge krone kroner dansk danske norsk norske svensk
    svenska svenske
    här där vill hade blir säger sade även utan många några andra någon något varje två första sista sedan vem hur
    deras denna detta dessa redan
    einem denn waren wurden hatte hatten konnte können muss muß musste müssen soll sollte sollen wollte wollen darf
    mag mich dich ihrem ihren ihrer ihres seinem seinen seiner seines euch unser unsere wer wann warum seit ohne
    neben hinter wegen trotz statt sowie sowohl sondern jedoch jetzt heute gestern morgen immer wieder nie dort hier
    viel viele vielen wenig allem aller jede jeder jedes jeden diesem diesen dieses jene andere anderen anderer
    selbst etwa etwas zwei drei vier fünf sechs sieben neun zehn erste ersten zweite neue neuen neuer neues neu
    große großen großer groß gute guten besser beste jahr jahre jahren tage uhr zeit welt stadt leben haus teil herr
    geht gibt macht kommt kam sagte steht liegt lässt ließ bleibt hält weiß denkt findet ging nahm laut bereits
    damals danach davon dazu dabei daran darauf darum daher
    zou mijn zo ze zich daar haar heb hoe nog zal zij geen omdat iets toch veel meer toen moet zonder dus eens
    altijd wezen kunnen ons zelf tegen kon niets uw iemand geweest onder
    cet celui celle ceux tes notre votre vos leurs lui moins trop peu assez déjà jamais souvent ici là alors ainsi
    puis ensuite enfin avant pendant depuis dès lors lorsque quand afin chez vers contre malgré selon fut furent
    seront serait soit étant avons avez avaient aura aurait ayant avoir faire faisait vont allait peuvent pouvait
    pourra pu doit doivent devait dû veut disait prend pris vient venu voit sait tous toute toutes mêmes autre
    autres chaque quelque aucun aucune rien trois quatre cinq huit neuf dix dernier bonne ans année années jour
    jours mois fois monde homme enfants partie côté qu jusqu quoi cela ça fille père mère frère étais jeune
    unos unas quien quién cual cuál cuyo cuya según bajo tras hacia durante sino aunque pues cómo cuándo dónde sí
    tampoco menos mucho mucha muchos poco toda todos todas otro otra otros otras mismo misma mismos alguien nadie
    alguno alguna algunos ningún tus nuestro nuestra esto estos estas eso esos aquel aquella tú él ella ellos ellas
    usted eran siendo será sería están estaba estar estuvo hemos haber tienen tenía tener tuvo puede pueden podía
    poder hace hacen hacer hizo hecho dijo decir iba vez veces año día días meses tiempo mundo país ciudad hombre
    mujer lugar grandes nuevo nueva primer primera primero segundo segunda cuatro cinco seis siete ocho nueve diez
    mejor menor así aún aquí allí ahora antes luego siempre nunca casi sólo tanto además dicho debe deben
    umas sem até quem qual quando onde sim ainda sempre só isso isto essa aquele aquela ele ela eles elas você nós
    seus suas meu minha estão estava tem têm tinha há havia pode fez disse vai dois duas três
    tra dello degli allo agli dal dalla nei sul sulla perché molto tutto tutti tutte questi queste quello quella lei
    noi voi loro suoi mio erano stato stata aveva avere fatto può anni anno dopo ancora già così altri altro
    dels amb quan però perquè més molt també és són fou aquest aquesta seva
    și mai
    joka myös sekä kuin
    siehe alles gesetzt lesen zeichen finden vom wohl beim habe machen ganz würde zeigt setzen bitte außer wäre
    lassen weitere könnte einige gar sollten größe zeile bloß mehrere sagen recht scheint setzt ihnen weiter
    läßt denen allein folgt deren einmal erlaubt oben geben meisten weniger glauben hätte legt kommen gleich
    ganzen führt werde nachdem ganze beiden leider ende letzten einfach keinen genug darin wissen sieht andern
    welches frauen jedem selten zwar dürfte müßte sinne würden lernen solche anders schöne derzeit führen stellt
    dafür ändern weit gelesen ebenso sonst gehört besteht besten sehen weg dadurch heißt anfang zweck möchte
    woche gern werke zurück wahr leicht gemacht einzige nehmen wort grund welcher bleiben schön nennen sache
    gleiche sogar später wenige wären dessen arbeit suchen sprache schnell konnten kleine manche buch wobei
    fragen seite eher seien meiner fehlt jener halten stunden reihe jemand höhe gesagt nennt fand bisher dagegen
    männer gewesen mancher mangel sicher bekannt leute stellen beide eigenen gegeben frage denken sofort dennoch
    hätten desto hause glaube lebens gedanke zustand gehen länder lage besuch niemand augen weder kosten menge
    kleinen glaubt passen zuerst einigen folgen genannt begann daraus genau zweiten häufig stehen willen zeigen
    deshalb jahres grenze bilden braucht kaum meinung abend könne laufen läuft erfolgt obwohl paar heraus
    bringen gefühl unserem schritt blick zeiten wochen machte geld wollten zufolge schwer teile reden
    nötig minuten zahlen heißen führte bücher tagen gerne wasser gewiß seele sollst dürfen seiten dinge
    ziehen kennen hören gerade worten wirkt freier begriff monate freien meinem höchst fertig ganzes worte herrn
    zudem innere jenes stück hieß gehabt könig gottes stehn solchen eigene spielen anderem wodurch bezug erheben
    zuvor hälfte gelten dahin tritt wahren nähe gäbe erhielt körper händen streben freude mußte blieb schule
    krieg manches alten neuern wenns gehts
    donc ligne entrée état pouvez envoyer effet ancien permet existe étude contenu accès quitter commune états
    travail environ créer droits utilise siècle appel agit compte risque retour droit femmes marché partir début
    près suivant famille avril époque aujourd zéro devant reçu janvier études juillet lorsqu plutôt heure
    demande façon rôle voie seule pouvoir sauf indique tâche tard dessus obtenir heures grâce équipe procès
    importe actuel traité août âge armée prendre fourni sinon ordre seul eux école écrit succès série surtout
    suis saison loi trouve prise située devrait appelé passé produit ouest jeunes éviter plupart besoin tête
    compris durée ceci vrai attente autour mieux semble île créé suivi soient appels quant église siège voici
    celles donné telles âgés tandis sujet semaine trouver livre suisse douleur terre donne propre travers
    abord réduit êtes projets publié royaume scène matin devient telle sûr endroit peine chinois montré paix
    pêche sociaux droite faible sujets juste grands auprès proche faveur crois nuit soir santé donner humain
    devenir villes morts quinze honneur terres devra autant pouvant décide passer petites côte propos élevé
    jouer assurer longue loin rendre parfois choix perte livres inscrit vallée espèce remis voiture sous
    muestra línea opción página salida estado entrada número tamaño nombres ejemplo datos palabra guerra punto
    ninguna norte algún estados fuente espacio varios grupo líneas usar cuenta momento través siglo utiliza
    partido agua creada lenguas permite trabajo tarde unidos inicio muchas octubre acuerdo debido junto países
    dentro campo tierra habían área varias enero estudio usando único joven algunas mensaje manera inglés isla
    edad existen podría gente ambos pasado reino precio junio estaban último cuales éxito época libro puesto
    tierras escuela realiza última nuevos crear quiere niños empresa fecha derecho gracias lado cosas antigua
    cuerpo medios abril mujeres igual tenga evitar sigue buen grupos parece hoy cambio fuera nuevas unión muerte
    nació obras hermano obtener incluye unidad raíz útil puntos cambios frente llegar oficial oficina papel
    música verano unido islas afirmó dinero mostrar escrito espera horas hijo propia obra semana llegó consejo
    nacido informe padre única antiguo tomar áreas futuro mejores cuanto encima amigos lugares pasó murió
    hombres debía imperio década iglesia método definir verdad llamada común añade sesión buena ayudar sentido
    volver falta apoyo periodo juegos ubicada líder tenían pudo manos situada jugador comida fuerzas empezó
    acceder seguro índice acción efecto dicha ello llamado propio estoy dado viene tenido acerca tercera fácil
    juego fuerza sabe medida ambas camino viaje noche hogar salud jugar ganar ofrece razón tratado máxima muerto
    pasando calles amigo martes quienes salir equipos hijos recibe minutos conoce viejo vuelta propios pocos ahí
    quizás esas habría voz esposa prensa puertas ganó llevó
    vil besked ansvar sende helt skrevet hjælp sammen flere frem lige nemlig bruger før derfor findes igen rundt
    måske arbejde ellers udtryk fem komme finde heller byen dengang mål begge næsten senere klokken otte pige
    lidt mest fleste fælles sådan hvorfor sige hjem tiden først bruge gamle hvordan tilbage væk bedste haft
    kampen forhold årige spille holdt støtte én netop længe idet igennem række unge hidtil engelsk mindst trods
    ønsker skyldes skriver tvivl året dagen slet plads sætte prøve venner især ude hånd seks rigtige stå øvrige
    fodbold altså kamp uge mænd koster hjemme steder piger muligt slå brugt videre viser sidst sikker lave lagt
    samt såvel kører holde dermed kender høj næppe motoren manden rigtigt smukke lære stærke viste tilbud
    tabte gjorde nej klart købe løbet møde flertal svarede kvinder hedder spurgte sår forskel ligesom betyder
    målet
    nessuno oggi lavoro troppo stesso siamo proprio mentre qualche persone ragazza abbiamo vuole quindi invece
    quelli nelle tutta giorni sulle bisogno adesso possono miei vedere appena vuoi quelle almeno subito cosa
    cosi uomo puo ogni senza allora volta giorno tuo moglie meglio niente quanto detto fuori marito sotto
    amico figlio notte bambino strada avete puoi forse soldi posso stai
    """

  /// These stand in names, in spoken English ("er", "de"), and between scholars ("et al") and programmers ("os", "com"), too.
  private static let likelyOthers: StaticString = """
        de la le les des du com os y op yo dat ho et del el los las der den er en un em van von al med hans din sin
    vel ny andre dag vi ni ska     vad mir wo ob zu um allen gut frau rund ik te hem wat tot doen reeds wil
    ce mon mes ton ta sa tu ne mal     encore eu va mis vu nul sept premier nouveau grande petit petite bon temps
    vie femme roi con ante cada algo nada     ese esa era ir vida parte gran dos tres da na nas sob mas ano dia uno
    di su dove mia els pe cu
    """
}

/// A word of at most seven bytes in one integer, ASCII letters folded; longer ones are none.
struct PackedWord {
  private(set) var bits: UInt64 = 0
  private(set) var count = 0
  private var union: UInt8 = 0

  var isASCII: Bool { union < 0x80 }

  @inline(always)
  mutating func append(_ byte: UInt8) {
    union |= byte
    bits = bits << 8 | UInt64(byte.foldedASCII)
    count += 1
  }

  @inline(always)
  mutating func prepend(_ byte: UInt8) {
    union |= byte
    bits |= count < 8 ? UInt64(byte.foldedASCII) << UInt64(count * 8) : 0
    count += 1
  }

  var isShort: Bool { count < 8 }
}
