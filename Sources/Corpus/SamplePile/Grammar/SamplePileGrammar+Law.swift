extension SamplePile.Grammar {
  /// Courts: opinions as printed, opinions as scraped, transcripts.
  static let law = ##"""
    = court.head
    \C{#100-999} F.{2d|3d} {#10-1400} ({#1961-2014})\n\n\CUNITED STATES COURT OF APPEALS\n\CFOR THE {FIRST|SECOND|FIFTH|NINTH|TENTH} CIRCUIT\n\n\CNo. {#02-14}-{#1000-9999}\n\n\C{!A.full},\n\CPlaintiff-Appellant,\n\n\Cv.\n\n\C{!$firm},\n\CDefendant-Appellee.\n\n\CAppeal from the District Court for {$region}\n\n\CDecided {date}\n\n\CBefore {!B.last}, {!C.last} and {!D.last}, Circuit Judges.\n\n{!B.last}, Circuit Judge:
    \CIN THE SUPREME COURT OF {!$region}\n\n\C{!A.full}, PETITIONER\n\n\CV.\n\n\CTHE STATE\n\n\CNo. {#10-900}, {month} Term {#1950-2012}\n\n\C________________\n\n\COPINION\n\n{B.last}, J., delivered the opinion of the court.
    = court.body
    {court.line} {court.plain} {court.line} {court.plain} {cite}
    {court.plain} {court.line} {court.plain}
    {court.plain} {cite} {court.plain} {court.line}
    {court.plain} {court.plain} {cite} {court.plain}
    {court.line} {cite} {court.plain} {court.line}
    \B{court.quote}
    \C{I|II|III|IV|A|B|C}.\n\n{court.line} {court.line} {court.line}
    {court.line} {court.line} {court.testimony} {cite}
    {#1-9}. {court.line} {court.plain}
    = court.tail
    \CAFFIRMED.
    \CREVERSED AND REMANDED.
    {C.last}, Circuit Judge, dissenting:\n\nI respectfully dissent. {court.line} {His2} reading, with which I disagree, leaves {A.last} without a remedy that is {hers}.\n\n\CSO ORDERED.
    = court.plain
    We review the grant of summary judgment de novo.
    Summary judgment is proper where there is no genuine issue of material fact.
    The statute provides a limitation period of {#1-6} years from the date of the injury.
    The contract was signed on {date}, and was renewed {count} times.
    The parties agree on the following facts.
    The question presented is whether the agreement covers claims of this kind.
    The language of the statute is plain, and its plain meaning controls.
    A contract is to be read as a whole, and every part given effect.
    The standard of review is abuse of discretion.
    In construing a statute we look first to its words.
    There was no error in the instruction.
    The {$object} was found in the {$spot} and was admitted in evidence over objection.
    {^$firm} moved to dismiss for failure to state a claim, and the motion was denied.
    This court has jurisdiction under 28 U.S.C. § {#1200-1400}.
    The evidence was sufficient to support the verdict.
    The trial lasted {#2-30} days, and the jury heard {#3-40} witnesses.
    Both parties filed exceptions to the report of the magistrate.
    The damages were fixed at ${#2-900},{#100-999}, with interest and costs.
    Whether notice was timely is a question of fact.
    That decision does not control here, since it rested on a statute since repealed.
    Nothing in the record suggests otherwise.
    It is well settled that an issue not raised below is waived.
    The order of the district court, entered on {date}, is not a final order.
    The remaining assignments of error are without merit.
    = court.line
    {A.last} brought this action against {$firm}, {his} former employer, alleging that {he} was dismissed because of {his} age.
    {A.last} was employed as {an A.job} from {#1950-1990} until {#1991-2009}.
    {He} testified that {he} had informed {his} supervisor of the defect.
    The district court granted summary judgment, and {he} appeal{s}.
    {A.last} contends that the district court erred in denying {his} motion.
    We disagree with {him}.
    On {date}, {A.last} was injured when {his} {part} was caught in {an thing}.
    {He} filed {himself}, without counsel, a complaint that runs to {#20-90} pages.
    An employee must file his or her charge within {#30-300} days.
    A party who fails to object waives his right to do so; he or she may not raise the point here.
    A defendant may represent himself, but he must be warned of the danger.
    A witness may not be asked whether she believes that another witness, in his or her testimony, told the truth.
    {B.last} stated that {he2} saw {A.last} near the {$spot}, and that {he} was holding {his} {part}.
    The officer asked {him} to step out of {his} vehicle; {he} refused.
    The record does not show that {he} was ever told of {his} rights.
    {A.last} does not dispute that the signature is {hers}.
    {He} argue{s}, first, that the search of {his} {room} was unlawful; second, that {his} statement was not voluntary.
    This argument is without merit.
    Nor did {he} object at trial.
    {His} reliance on {^C.last} is misplaced.
    The jury found {him} guilty on {count} counts, and the court sentenced {him} to {#12-240} months.
    {A.last} says that {he}, and {he} alone, paid for the {$object}.
    The policy covers the insured, his or her spouse, and any relative of either who lives in his or her household.
    No reasonable juror could find that {$firm} acted because {he} {is} a {man}.
    {B.last}, the {B.job} who examined {him}, found {him} fit to work (R. {#10-400}).
    The defendant's {wife|sister|mother} testified on her own behalf that the {thing} was hers.
    The expert, {C.full}, based {his3} opinion on {his3} own measurements.
    [{He}] knew or should have known of the risk.
    Whether {he} intended it is a question of fact.
    = court.quote
    The defendant shall surrender himself to the marshal at {the place that he names|the {place} of {$settlement}}, and shall bring with him his papers.
    Any person who, knowing that he or she has no right thereto, takes the property of another for himself or herself, shall be liable in an amount not exceeding ${#1-90},000.
    “The {A.job} told me that {he} would take care of it {himself}. I never heard from {him} again, and the {thing} was never {hers} to give.”
    No tenant shall be deprived of his dwelling unless he has been heard in his own defense.
    = court.testimony
    “Q. Did you see {him}? A. Yes, I saw {him}. Q. Was {he} alone? A. {He} was by {himself}.”
    = cite
    See {C.last} v. {$firm}, {#100-999} F.2d {#10-1400}, {#100-1500} ({#1-9}th Cir. {#1960-1999}).
    {D.last} v. State, {#100-700} P.2d {#10-900} ({#1950-1998}); 29 U.S.C. § {#100-1900}({a|b|c})({#1-9}).
    Id. at {#10-900}.
    Fed. R. Civ. P. {#10-60}({a|b|c|e}).
    = opinion.head
    {!A.full}, Appellant,\nv.\n{!$firm}, Appellee.\n\nNo. {#10-99}-{#100-999}.\n\nCourt of Appeals of {$region}.\n\n{date}.\n\n*{#10-999} {B.full}, of {$settlement}, for appellant.\n\n{C.full}, Judge.
    = opinion.body
    {court.line} {court.plain} {court.line} {court.plain} {cite}
    {court.plain} {court.line} *{#100-999} {court.plain}
    {court.line} {court.plain} {court.testimony} {court.line}
    {court.plain} {cite} {court.plain} {cite} {court.line}
    [{#1-12}] {court.line} {cite} {court.line}
    = opinion.tail
    Judgment affirmed.\n\nNOTES\n\n[1] {court.line}\n\n[2] {cite}
    = transcript.head
    \CDISTRICT COURT OF {!$region}\n\C{!A.full} - DIRECT\n\nTHE COURT: Please raise your right hand.\n\n{!A.full}, having been first duly sworn, testified as follows:
    = transcript.body
    Q. {transcript.question}
    A. {transcript.answer}
    Q. {transcript.question}
    A. {transcript.answer}
    A. {transcript.answer}
    {MR|MS}. {!C.last}: Objection. Counsel is leading the witness.
    THE COURT: Overruled. You may answer, {sir}.
    = transcript.question
    And where was {B.title} {B.last} when you last saw {him2}?
    Did {he2} have {his2} {thing} with {him2}?
    Was {he2} by {himself2}?
    You are {an A.job}, is that right?
    How long have you known {him2}?
    What, if anything, did {he2} say to you?
    Did you tell {C.last} what {he2} had said, or did {he2} tell {him3} {himself2}?
    = transcript.answer
    {He2} was standing in front of the {place} with {his2} back to me.
    {He2}'d already left.
    I couldn't say. I only saw {him2} from behind.
    Yes. {He2} held it in {his2} {left hand|right hand}, and then {he2} dropped it on {his2} foot and hurt {himself2}, and somebody had to help {him2}.
    It was {hers2}. {He've2} had it for years.
    I have been {an A.job} since {year}.
    No.
    No, {sir|ma'am}.
    {He2} told {C} that {he2} knew {him3}.
    """##

  /// Patents' background sections.
  static let patents = ##"""
    = patent.head
    1. Field of the Invention\n\nThe present invention relates to {an patent.thing}, and more particularly to {an patent.thing} having {an patent.part}.\n\n2. Description of the Related Art
    BACKGROUND\n\n[0001] {patent.line}
    This invention relates to {patent.thing}s and to methods of making them.
    = patent.body
    {patent.line} {patent.line} {patent.line}
    {patent.line} {patent.line}
    [00{#10-99}] {patent.line} {patent.line}
    {patent.line} {patent.user} {patent.line}
    FIG. {#1-12} is a {side|top|sectional|perspective} view of {an patent.thing} according to the prior art.
    = patent.tail
    What is claimed is:\n\n1. A {patent.thing} comprising: a {patent.part} ({#10-99}); a {patent.part} ({#10-99}) coupled to said {patent.part}; and a controller configured to move said {patent.part}.\n\n2. The {patent.thing} of claim 1, wherein said {patent.part} is made of {material}.\n\n3. The {patent.thing} of claim 2, wherein a user moves the {patent.part} with his or her hand.
    Accordingly, there is a need for {an patent.thing} that overcomes these drawbacks.
    = patent.thing
    {folding|rotary|self-locking|portable|sealed|adjustable|heated|optical} {valve|hinge|pump|bearing|clamp|sensor|filter|bracket|lamp|latch}
    = patent.part
    {housing|lever|spring|shaft|gasket|seal|flange|coil|lens|nozzle|piston|cam|first member|second member|drive gear}
    = patent.line
    Conventional {patent.thing}s include a {patent.part} and a {patent.part}.
    In such devices the {patent.part} tends to wear, so that the {patent.part} must be replaced every {#2-24} months.
    U.S. Pat. No. {#3-8},{#100-999},{#100-999} to {D.last} discloses {an patent.thing} in which the {patent.part} is made of {material}.
    The pressure at the {patent.part} lies between {#0-9}.{#1-9} MPa and {#10-90} MPa.
    It is therefore an object of the invention to provide {an patent.thing} which is simple and inexpensive.
    A He–Ne laser illuminates the {patent.part} through a He-4 cell.
    However, this arrangement is costly and takes up space.
    The {patent.part} {#10-99} is pressed against the {patent.part} {#10-99}a by the spring {#100-199}.
    = patent.user
    The operator must hold the {patent.part} with one of his hands while he turns the {patent.part} with the other.
    The user then places his or her finger on the {patent.part}.
    A surgeon who uses such a device may injure himself or herself.
    The driver, when he or she leaves the vehicle, takes the key with him or her.
    """##

  /// Philosophy.
  static let philosophy = ##"""
    = essay.head
    {^essay.topic}\n\n{A.full}\nUniversity of {$settlement}\n\nAbstract. {essay.line} {essay.line}\n\n1 Introduction
    = essay.body
    {essay.line} {essay.plain} {essay.line} {essay.plain}
    {essay.plain} {essay.line} {essay.plain}
    {#2-7} {^essay.topic}\n\n{essay.line} {essay.plain} {essay.line}
    {essay.plain} {essay.line} {essay.plain} {essay.plain} {essay.line}
    = essay.tail
    References\n\n{A.last}, {A.initial}. ({#1980-2018}). {^essay.topic}. {$settlement}: Lantern Press.\n{B.last}, {B.initial}. ({#1960-2018}). ‘{^essay.topic}’. Studies in {essay.word} {#10-80}: {#1-90}–{#91-180}.
    = essay.topic
    on knowing what one wants
    promises and their keepers
    the limits of {essay.word}
    {essay.word} without {essay.word}
    seeing as, and seeing that
    = essay.word
    {reason|memory|belief|action|desire|justice|perception|identity|truth|doubt|language|freedom}
    = essay.plain
    Three objections may be raised against this view.
    The first premise is rarely denied; the second is the difficult one.
    It is often said that {essay.word} presupposes {essay.word}.
    This is not a question about words.
    There are, then, two senses of “{essay.word}”, and the argument trades on both.
    The example is artificial, but nothing turns on its details.
    If {essay.word} were nothing but {essay.word}, there would be no puzzle at all.
    I shall return to this point in section {#3-7}.
    What would count as evidence for such a claim?
    The regress is vicious only if every step must be completed before the next.
    Call a theory modest if it explains {essay.word} without appeal to {essay.word}.
    From this it is a short step to scepticism.
    On the standard account, {essay.word} is a relation between minds and propositions.
    That conclusion is hard to accept and harder to avoid.
    The analogy with {essay.word} is instructive, as far as it goes.
    Intuitions differ, and not much weight should be put on them.
    Even so, the general principle may survive.
    The literature on {essay.word} is vast; this paper discusses one strand of it.
    = essay.line
    Suppose that {A} believes that the {$object} is in the {$chamber}, and that {he} has good reason for {his} belief.
    Suppose further that {B} has moved it without {his} knowledge.
    Does {he} know where it is?
    An agent is free if she could have acted otherwise, had she wanted to; so, at least, the tradition tells her.
    One who promises binds himself; he cannot unbind himself by an act of his will alone.
    The skeptic will answer that his is the stronger position.
    If a person values his or her own good, he or she has a reason to seek it.
    {C.last} holds that {essay.word} requires {essay.word}; {he3} does not, in {his3} later work, tell us why.
    I have argued elsewhere against {him3} (see {C.last} {#1970-2015}: {#1-300}).
    This objection of {hers3} is serious, but {he3} has misled {himself3} about its scope.
    Neither he nor she—the believer, the doubter—is better placed.
    Let us call this the Argument from {^essay.word}.
    It does not follow that {essay.word} is an illusion.
    The distinction between {essay.word} and {essay.word} is, as I shall show, a distinction without a difference.
    “Know thyself” does not say: let each know himself as others know him.
    Consider the {job} who doubts whether his hands are his.
    Consider the {job} who doubts whether her hands are hers.
    The problem, then, is not what {he} believe{s}, but that {he} believe{s} it at all.
    Hence (4) is false.
    There is something it is like to be her; there is nothing it is like to be her {thing}.
    Er geht hin und her, as the German has it: the thinker, he or she, goes to and fro.
    """##
}
