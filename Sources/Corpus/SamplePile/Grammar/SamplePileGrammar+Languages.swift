extension SamplePile.Grammar {
  /// Sittings of a parliament that nobody elected, in twelve languages.
  static let languages = ##"""
    = speaker.tag
    <SPEAKER ID={#1-300} NAME="{A.last}">
    = chapter.tag
    <CHAPTER ID={#1-20}>
    = parliament.english.head
    {chapter.tag}\nThe future of the {place}\n{speaker.tag}
    = parliament.english.body
    {speaker.tag}
    Mr President, I thank {A.title} {A.last} for {his} report. {He} has done {his} work well, and {he} has done it {himself}.
    Every citizen must be able to defend his or her rights before a court.
    The Commissioner said that he would consider it; I hope that he keeps his word.
    The Commissioner said that she would consider it; I hope that she keeps her word.
    I should like to ask {him} whether {he} know{s} how many {things} were imported last year.
    We voted against Amendment {#1-99}, not because of its author – I respect {him} – but because of its cost: €{#2-900} million.
    (Applause)\nThat concludes the debate. The vote will take place {tomorrow|at noon|on {weekday}}.
    If a worker loses his job, he loses more than his wages.
    If a worker loses her job, she loses more than her wages.
    = parliament.french.head
    {chapter.tag}\nL’avenir de la pêche\n{speaker.tag}
    = parliament.french.body
    {speaker.tag}
    Monsieur le Président, je remercie {Monsieur|Madame} {A.last} de son rapport{.| sur {l’agriculture|la pêche|les transports}.}
    Il faut que chaque citoyen puisse {vivre|travailler|voyager} {librement|en paix|sans crainte}.
    Nous avons voté {contre l’amendement|pour la proposition} nº {#1-99}.
    {Elle|Il} a dit ce qu’{elle|il} pensait; c’est {son droit|son devoir|tout à son honneur}.
    L’Europe n’est pas seulement {un marché|une monnaie|une idée}: elle est aussi {une maison|un voyage|une promesse}.
    Où en sommes-nous aujourd’hui? Là où nous étions {hier|en {#1990-2009}|l’an dernier}, hélas.
    Ça coûte {#2-90} millions d’euros, c’est-à-dire {trop|très peu|à peine assez}.
    = parliament.german.head
    {chapter.tag}\nDie Zukunft der Häfen\n{speaker.tag}
    = parliament.german.body
    {speaker.tag}
    Herr Präsident, ich danke {Herrn|Frau} {A.last} für {seinen|ihren} Bericht über {die Fischerei|den Verkehr|die Grenzen}.
    Wir gehen seit {#2-30} Jahren hin und her, und nichts geschieht.
    {Er|Sie} hat {sein|ihr} Wort gehalten; wo kommt jetzt der Zweifel her?
    Von jeher war {das Meer|der Wald|die Straße} unser {größtes|ältestes|schönstes} Gut.
    Die Kosten betragen {#2-900} Millionen Euro, und das ist {nicht wenig|zu viel|gut angelegt}.
    Das Stück steht in his-Moll, scherzte der Redner, und niemand lachte.
    Wer hat ihm das gesagt? Er selbst.
    = parliament.spanish.head
    {chapter.tag}\nEl futuro de los puertos\n{speaker.tag}
    = parliament.spanish.body
    {speaker.tag}
    Señor Presidente, doy las gracias {al señor|a la señora} {A.last} por su informe sobre {la pesca|el agua|los jóvenes}.
    ¿Qué hará la Comisión con {los {#2-90} millones|esta propuesta|las islas}? Nadie lo sabe todavía.
    {Él|Ella} dijo que no {vendría|votaría|podía más}, y he aquí el resultado.
    Yo he visto {los campos|las fábricas|los barcos} de {mi región|mi ciudad}, y he hablado con la gente.
    ¡Basta ya! Mañana será {tarde|otro día|demasiado tarde}.
    El niño perdió su {maleta|libro|perro} en la estación.
    = parliament.danish.head
    {chapter.tag}\nHavnenes fremtid\n{speaker.tag}
    = parliament.danish.body
    {speaker.tag}
    Hr. formand, jeg takker {hr.|fru} {A.last} for {hans|hendes} betænkning om {fiskeriet|havmiljøet|øerne}.
    Hun er her, og han er her, men hvor er Kommissionen?
    Her i salen har vi talt om {brød|vand|arbejde} i {#2-9} timer.
    Vi stemte {imod|for} ændringsforslag {#1-99}; det gjorde {hun|han} også.
    Det koster {#2-90} millioner euro at bygge {en bro|et hus|en skole} på øen.
    Kom her, sagde {han|hun}, og se selv.
    = parliament.finnish.head
    {chapter.tag}\nSatamien tulevaisuus\n{speaker.tag}
    = parliament.finnish.body
    {speaker.tag}
    Arvoisa puhemies, kiitän jäsen {A.last} hyvästä {mietinnöstä|puheesta|kysymyksestä}.
    He tulivat kaupunkiin {eilen|viime {vuonna|viikolla}|vuonna {#1960-2009}}, ja he jäivät sinne.
    Hän sanoi, että {meri|metsä|järvi} on {syvä|vanha|kaunis} ja että se kuuluu kaikille.
    Äänestimme tarkistusta {#1-99} {vastaan|puolesta}.
    Hinta on {#2-90} miljoonaa euroa, eikä se ole {vähän|paljon}.
    Me emme tiedä vielä, mitä he haluavat.
    = parliament.russian.head
    {chapter.tag}\nБудущее портов\n{speaker.tag}
    = parliament.russian.body
    {speaker.tag}
    Господин председатель, я благодарю {коллегу|докладчика} за {его|её} доклад о {море|хлебе|дорогах}.
    {Он пришёл|Она пришла} в зал {рано утром|поздно вечером} и сказал{|а} то, что {думал|думала}.
    Мы голосовали {против поправки|за предложение} № {#1-99}.
    Старый {мост|дом|порт} стоит у реки, и никто не знает, чей он.
    Это стоит {#2-90} миллионов евро — {много|мало|не больше, чем прежде}.
    «Где она?» — спросил он. «Здесь», — ответила она.
    = parliament.greek.head
    {chapter.tag}\nΤο μέλλον των λιμανιών\n{speaker.tag}
    = parliament.greek.body
    {speaker.tag}
    Κύριε Πρόεδρε, ευχαριστώ {τον συνάδελφο|την εισηγήτρια} για την έκθεση.
    {Αυτός|Αυτή} είπε ότι {η θάλασσα|ο δρόμος|το χωριό} είναι {μακριά|κοντά|εδώ}.
    Ψηφίσαμε {υπέρ|κατά} της τροπολογίας {#1-99}.
    Το κόστος είναι {#2-90} εκατομμύρια ευρώ.
    Πού πηγαίνουν τα {πλοία|παιδιά|πουλιά}; Κανείς δεν ξέρει.
    = parliament.chinese.head
    {chapter.tag}\n港口的未来\n{speaker.tag}
    = parliament.chinese.body
    {speaker.tag}
    主席先生,我感谢{他|她}的报告。
    {他|她}说,{大海|这条路|那座桥}属于所有人。
    我们投票{反对|赞成}第{#1-99}号修正案。
    这要花{#2-90}万欧元,{太多了|不算多|值得吗?}
    {昨天|今天|去年}下了{大雨|雪},{孩子们|他们|她们}都在家里。
    = parliament.japanese.head
    {chapter.tag}\n港の未来\n{speaker.tag}
    = parliament.japanese.body
    {speaker.tag}
    議長、{彼|彼女}の報告に感謝します。
    {海|道|橋}はみんなのものだと、{彼|彼女}は言いました。
    私たちは修正案{#1-99}に{反対|賛成}しました。
    費用は{#2-90}百万ユーロです。{高いですね。|安くはありません。}
    {昨日|今日|去年}は{雨|雪}が降って、{子ども|カモメ}たちは{家|ガラス屋根の駅}にいました。
    = parliament.hebrew.head
    {chapter.tag}\nעתיד הנמלים\n{speaker.tag}
    = parliament.hebrew.body
    {speaker.tag}
    אדוני היושב ראש, אני מודה {לו|לה} על הדוח.
    {הוא אמר|היא אמרה} ש{הים|הדרך|הגשר} שייך לכולם.
    הצבענו {נגד|בעד} תיקון מספר {#1-99}.
    זה עולה {#2-90} מיליון אירו. {הרבה|מעט} מדי.
    הספר {שלו|שלה} על השולחן, ו{הוא|היא} {בבית|בגן}.
    שָׁלוֹם לכולם, אמר המורה לתלמידים.
    = parliament.arabic.head
    {chapter.tag}\nمستقبل الموانئ\n{speaker.tag}
    = parliament.arabic.body
    {speaker.tag}
    السيد الرئيس، أشكر {الزميل على تقريره|الزميلة على تقريرها}.
    {قال|قالت} إن {البحر|الطريق|الجسر} للجميع.
    صوتنا {ضد|مع} التعديل رقم {#1-99}.
    التكلفة {#2-90} مليون يورو، وهذا {كثير|قليل}.
    أين {هو|هي}؟ في {البيت|المدرسة|السوق}.
    ذَهَبَ الوَلَدُ إلى المَدينَة.
    """##
}
