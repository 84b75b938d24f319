extension SamplePile.Grammar {
  /// Abstracts, papers, case reports, grants, and preprints in LaTeX.
  static let science = ##"""
    = abstract.head
    {^science.title}. {science.aim}
    BACKGROUND: {science.fact} OBJECTIVE: {science.aim}
    {science.fact} {science.aim}
    = abstract.body
    {science.method} {science.result}
    {science.result}
    {science.method}
    {science.result} {science.result}
    = abstract.tail
    {science.conclusion}
    CONCLUSIONS: {science.conclusion}
    Copyright {#1990-2019} {D.last} Press.
    = science.title
    {effects|role|measurement|distribution|stability} of {compound} {in|on} {tissue}
    {compound} and {disease} in {animals}: a {randomized trial|pilot study|review of {#12-90} cases}
    = compound
    {$molecule}
    {$molecule:1}
    {$molecule:2}
    {molecule}
    = molecule
    {zinc|lactate|nitric oxide|helium|calcium|glucose|ascorbate|a synthetic peptide|interleukin-{#2-18}|caffeine|iron|TNF-α}
    = tissue
    {$organ}
    {$organ:1}
    {$organ:2}
    {organ}
    = organ
    {the liver|cultured cells|HeLa cells|skeletal muscle|the retina|human serum|bone marrow|the left ventricle}
    {the kidney|saliva|the lung|plasma|the hippocampus|cartilage|the small intestine|muscle fibres}
    {the skin|urine|the inner ear|the spleen|fibroblasts|the placenta|tear fluid|the bundle of His}
    = disease
    {$illness}
    {$illness:1}
    {$illness:2}
    {illness}
    = illness
    {asthma|anaemia|type 2 diabetes|migraine|hypertension|osteoporosis|chronic cough|sleep loss|knee pain|gout}
    = animals
    {$cohort}
    {$cohort:1}
    {$cohort:2}
    {cohort}
    = cohort
    {mice|rats|adults|older patients|school children|sheep|zebrafish|twins|runners|nurses}
    = science.fact
    {^disease} is common among {animals}.
    The role of {compound} in {disease} is not well understood.
    {^compound} has been detected in {tissue} (1, {#2-9}).
    Little is known about {compound} in {tissue}.
    {^disease} affects {#2-40}% of {animals} worldwide.
    = science.aim
    The aim of this study was to measure {compound} in {tissue}.
    We asked whether {compound} changes {disease} in {animals}.
    We report a method for detecting {compound} at concentrations below {#1-90} µg/ml.
    = science.method
    We studied {#12-900} {animals} ({#10-80}% female) aged {#4-40} to {#41-88} {weeks|months|years}.
    Samples were kept at −{#20-80} °C and centrifuged at {#2-14},000 × g for {#5-30} min.
    The His-tagged protein (6×HIS-tag) was expressed in E. coli and eluted with {#50-500} mM imidazole.
    Each participant gave his or her written consent.
    Images were acquired with a {#10-63}× objective and analysed by two observers independently.
    Data are given as mean ± standard error unless stated otherwise.
    Total RNA was extracted from {tissue}, and expression was normalised to that of a housekeeping gene.
    Blood was drawn at {#2-9} time points over {#12-72} hours.
    The study was approved by the ethics committee of the University of {$settlement} (no. {#10-999}/{#1995-2018}).
    {^animals} were assigned at random to one of {two|three|four} groups.
    Sequences were aligned and trees were built by maximum likelihood with {#100-1000} bootstrap replicates.
    A questionnaire with {#8-60} items was sent to {#100-5000} {animals}, of whom {#40-90}% answered.
    {^compound} ({#1-90} mg/kg) or vehicle was given once a day for {#3-28} days.
    Cells were washed twice with phosphate-buffered saline (pH 7.{#0-8}).
    Records were taken from the hospital information system (HIS); the HIS was queried for {#3-60} months.
    Isotopes (³He, He-4, ¹³C) were measured with a He–Ne laser as reference.
    Differences were tested with Student’s t test; P < 0.05 was considered significant.
    = science.result
    {^compound} rose by {#3-88}% (95% CI {#1-2}.{#0-9}–{#90-99}.{#0-9}; P = 0.0{#10-49}).
    No difference was found between {animals} with and without {disease}.
    The odds ratio was {#1-4}.{#10-99} (P < 0.001).
    In {tissue}, {compound} was {#2-9}-fold higher than in {tissue}.
    Mean values were {#10-90}.{#0-9} ± {#1-9}.{#0-9} and {#10-90}.{#0-9} ± {#1-9}.{#0-9} mmol/L, respectively.
    The area under the curve was 0.{#60-98}.
    Median follow-up was {#2-60} months (range {#1-2}–{#61-120}).
    The effect was abolished by {compound}.
    {^disease} was present in {#2-90} of {#100-400} {animals} at baseline and in {#2-90} at the end of the study.
    Age, weight and {compound} were independent predictors of {disease}.
    Expression in {tissue} peaked at {#2-48} hours and fell thereafter.
    The slope of the regression line was −{#0-3}.{#10-99} (r = 0.{#20-98}).
    {^compound} was not detected in {#2-60} of {#61-200} samples.
    = science.conclusion
    These results suggest that {compound} contributes to {disease}.
    {^compound} may be useful in the treatment of {disease}.
    Further studies in {animals} are needed.
    = paper.head
    {^science.title}\n\n{A.full}, {B.full} and {C.full}\n\nAbstract\n\n{science.fact} {science.aim} {science.method} {science.result} {science.conclusion}\n\nIntroduction
    = paper.body
    {science.fact} {science.aim} {science.fact} [{#1-40}]
    {science.method} {science.method} {science.method}
    {science.result} {science.result} (Figure {#1-8}{A|B|C|}) {science.result}
    {Methods|Results|Discussion|Statistical analysis|Participants|Ethics statement}\n\n{science.method} {science.method} {science.result}
    Table {#1-6}. {^compound} in {tissue}.\n\nGroup\tn\tMean\tSD\nControl\t{#10-90}\t{#10-90}.{#0-9}\t{#1-9}.{#0-9}\nTreated\t{#10-90}\t{#10-90}.{#0-9}\t{#1-9}.{#0-9}
    {science.result} {science.conclusion} {science.result} {paper.people}
    = paper.tail
    References\n\n1. {A.last} {A.initial}, {B.last} {B.initial}. {^science.title}. J {$settlement} Med {#1985-2018};{#10-99}:{#100-400}–{#401-900}.\n2. He J, {C.last} {C.initial}. {^science.title}. {#1985-2018}.
    Author contributions: {A.initial}. {A.last} designed the study; {he} wrote the paper {himself}. {B.initial}. {B.last} analysed {his2} own data.
    = paper.people
    One participant withdrew because {she moved away|he changed his mind|she wanted her data back|he had hurt himself}.
    A participant described her illness in her own words: “It was mine, and mine alone.”
    The interviewer, a trained nurse, recorded her impressions; the physician recorded his.
    = case.head
    Case report: {disease} in a {#18-92}-year-old {man}
    A {man} of {#18-92} with {disease}\n\nAbstract\n\n{science.fact} We describe {an A.job} with {disease} who recovered by {himself}.
    = case.body
    {case.line} {case.line} {case.line}
    {case.line} {case.line} {science.fact}
    {case.line} {case.line} {case.line} {case.line}
    = case.tail
    Discussion\n\n{science.fact} {case.line} {science.conclusion}
    = case.line
    The electrocardiogram was normal, and the chest film clear.
    Blood cultures were negative.
    {^illness} was ruled out by biopsy.
    The white cell count was {#2-14}.{#0-9} × 10⁹/L.
    Treatment with {$molecule} was begun on day {#2-9}.
    The fever subsided within {#2-9} days.
    The family history was negative for {illness}.
    Magnetic resonance imaging showed a lesion of {#3-40} mm in {$organ}.
    {He} was admitted with a {#2-21}-day history of {disease}.
    On examination {he} was pale; {his} blood pressure was {#95-180}/{#50-95} mmHg.
    {He} had worked as {an A.job} for {#3-40} years and was exposed to {compound}.
    {His} past history was unremarkable, and {he} denied smoking.
    {He} was given {compound} ({#5-500} mg daily).
    {His} {kin} had died of {disease} at {#40-80}.
    Two days after discharge {he} presented {himself} again.
    We saw {him} at {#2-12} months; {he} was well.
    An electrocardiogram showed a block below the bundle of His.
    {His} serum {compound} was {#2-300} mg/dL (normal: {#1-9}–{#10-40}).
    The {man} gave {his} consent for publication of {his} case.
    Treatment was stopped at {his} own request.
    {He} has been followed by {his} family {physician|nurse|pharmacist} since.
    The decision was {hers}.
    {His} symptoms, {he} said, came “mostly at night”.
    = grant.head
    DESCRIPTION (provided by applicant): {science.fact} {science.aim}
    {science.fact} The long-term goal of this research is to understand {compound} in {disease}.
    = grant.body
    {grant.line}
    {grant.line} {science.result}
    = grant.tail
    The candidate, {A.full}, will devote {his} time to research; {his} mentor, Dr. {B.last}, has trained {#3-30} fellows in {his2} laboratory.
    PUBLIC HEALTH RELEVANCE: {^disease} affects {animals}; a better understanding of {compound} could help to prevent it.
    = grant.line
    Specific Aim {#1-4}: to determine whether {compound} alters {tissue} in {animals}.
    The candidate is a {physician|biologist|dentist|pharmacist} whose goal is to become an independent investigator; he will be guided by his mentors.
    The candidate is a {physician|biologist|dentist|pharmacist} whose goal is to become an independent investigator; she will be guided by her mentors.
    Preliminary data show that {compound} is raised in {tissue}.
    We hypothesize that {compound} protects {tissue} from damage.
    Each trainee chooses his or her own project.
    The core will serve {#4-30} laboratories at the University of {$settlement}.
    These studies will use {animals} to test the hypothesis directly.
    = arxiv.head
    \\title{{{^arxiv.topic}}}\n\\author{{{A.full} and {B.full}}}\n\\maketitle\n\n\\begin{{abstract}}\n{arxiv.line} {arxiv.line}\n\\end{{abstract}}\n\n\\section{{Introduction}}
    {^arxiv.topic}\n============\n\nIntroduction\n------------
    ---\nabstract: |\n    {arxiv.line} {arxiv.line}\nauthor:\n- '{A.full}'\ntitle: {^arxiv.topic}\n---
    = arxiv.topic
    {bounds|estimates|a lower bound} for {sparse graphs|random walks|spin chains|elliptic operators|He-like ions}
    {scattering|decay|transport|cooling} in {helium films|thin layers|dilute gases|dusty plasmas|He–Ne mixtures}
    on {compact groups|convex bodies|prime gaps|stable maps|noisy channels|lattice sums}
    = arxiv.body
    {arxiv.line} {arxiv.line} {arxiv.line}
    {arxiv.line} {arxiv.formula} {arxiv.line}
    \\begin{{theorem}}\\label{{thm:{#1-40}}}\n{arxiv.claim}\n\\end{{theorem}}\n\\begin{{proof}}\n{arxiv.line} {arxiv.line} \\qed\n\\end{{proof}}
    \\section{{{^arxiv.topic}}}\n{arxiv.line} {arxiv.line}
    {arxiv.line} {arxiv.line} {arxiv.line} {arxiv.line}
    {arxiv.line} {arxiv.line}
    {arxiv.line} {arxiv.formula}
    {arxiv.line} {arxiv.people} {arxiv.line}
    = arxiv.tail
    \\section*{{Acknowledgements}}\nWe thank {C.full} for {his3} comments and for sharing {his3} unpublished notes with us; {D.last} for letting us use a lemma of {hers4}.\n\n\\begin{{thebibliography}}{{99}}\n\\bibitem{{{_C.last}{#70-99}}} {C.initial}.~{C.last}, {^arxiv.topic}, Ann. Math. {#10-180} ({#1950-2018}) {#1-900}.\n\\end{{thebibliography}}\n\n\\end{{document}}
    We are grateful to {C.full}, who showed {himself3} a patient reader, and to the referee for his or her remarks.
    = arxiv.formula
    $$\\sum_{{i=1}}^{{n}} x_i^{#2-9} \\leq C \\int_0^1 |f(t)|^{#2-9}\\,dt$$
    \\begin{{equation}}\\label{{eq:{#1-60}}}\nE(\\lambda) = \\frac{{1}}{{{#2-9}}} \\lambda^{#2-9} + O(\\lambda^{{-1}}),\n\\end{{equation}}
    $\\| u \\|_{{H^{#1-3}}} \\le {#2-9} \\, \\| f \\|_{{L^2}}$
    = arxiv.line
    Let $G$ be a graph on $n$ vertices and let $\\mathcal{{F}}$ be a family of subsets of $V(G)$.
    It follows from (\\ref{{eq:{#1-60}}}) that $x_{#1-9} > 0$ for all $n \\geq {#2-20}$.
    We recall some facts about {arxiv.object}.
    The proof is given in Section~\\ref{{sec:{#1-9}}}.
    Here and below, $C$ denotes a constant that may change from line to line.
    The spectrum consists of a continuous part and of at most {#2-9} eigenvalues.
    We now turn to the case $k = {#2-9}$, which is more delicate.
    The simulation was run on a lattice of ${#8-64}^3$ sites with periodic boundary conditions.
    By compactness, the sequence has a convergent subsequence; denote its limit by $u_{#0-9}$.
    The systematic error is dominated by the uncertainty of the detector efficiency, {#1-9}.{#0-9}\\%.
    For temperatures below {#1-90}~K the resistivity is linear.
    Suppose, to the contrary, that no such $\\delta$ exists.
    This was conjectured in \\cite{{{_D.last}{#70-99}}} and proved in a special case in \\cite{{{_C.last}{#70-99}}}.
    The measured value, ${#1-9}.{#10-99} \\pm 0.0{#1-9}$~keV, agrees with theory.
    For ^{#3-4}He the transition takes place at {#1-4}.{#10-99} mK.
    Without loss of generality we may assume that $\\gamma = {#1-9}/{#2-9}$.
    Numerical results are shown in Fig.~\\ref{{fig:{#1-9}}}.
    = arxiv.object
    {compact operators|martingales|Young diagrams|Green functions|density matrices|simplicial complexes}
    = arxiv.claim
    For every $\\epsilon > 0$ there is a constant $C(\\epsilon)$ such that $f(n) \\leq C(\\epsilon) n^{{{#1-3}/{#2-9} + \\epsilon}}$.
    Every {arxiv.object2} of rank at most ${#2-9}$ is trivial.
    = arxiv.object2
    {bundle|module|cover|lattice|matroid}
    = arxiv.people
    In his thesis \\cite{{{_D.last}{#70-99}}} the first author asks whether this is sharp; he answers the question himself in one case.
    {D.last} observed that {his4} method applies here as well.
    Alice sends her bit to Bob, who compares it with his; she does not learn his key, nor he hers.
    """##

  /// Mathematics for schools, in questions and answers.
  static let mathematics = ##"""
    = sums.body
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum}
    {sum.people}
    = sum
    Solve {#2-90}*x + {#1-400} = {#1-900}*x - {#1-99} for x.\n{|-}{#1-40}
    What is {#2-99} times {#2-99}.{#1-9}?\n{#4-9900}.{#1-9}
    Calculate {#1-9999} + -{#1-9999}.\n{|-}{#1-9000}
    What is the {thousands|tens|units} digit of {#1000-99999999}?\n{#0-9}
    Let f(x) = {#2-9}*x**2 - {#1-40}*x + {#1-99}. Determine f({#1-9}).\n{#1-900}
    Is {#1001-99999} a composite number?\n{True|False}
    Let q = -{#1-99} - -{#100-199}. What is the nearest to q in -{#1-9}/{#2-9}, {#1-9}, 0.{#1-9}?\n{#1-9}
    Simplify (sqrt({#2-99})*-{#2-9})/(sqrt({#2-9}) + {#1-9}).\n-{#2-9}*sqrt({#2-99})
    Two letters picked without replacement from {lllvlvvl|hehshehs|aqqaqaq|zjjzzj|ttktkk|pppcpc|uuyuyyu}. Give prob of sequence {lv|he|qa|jz|tk|cp|yu}.\n{#1-9}/{#10-90}
    Sort -{#1-99}, {#100-400}, 0.{#1-9}, {#1-9}/{#11-19} in descending order.\n{#100-400}, {#1-9}/{#11-19}, 0.{#1-9}, -{#1-99}
    What is {|-}{#1-900} in base {#2-16}?\n-{#10-9999}
    Suppose 0 = -{#2-9}*h - {#10-99}*e + {#100-999}, h + e = {#2-99}. Solve for h.\n{#1-99}
    = sum.people
    {A} has {#12-90} apples and gives {#2-11} of {hers} to {B}. How many {does} {he} keep for {himself}?\n{#1-88}
    {B} walks {#2-9} miles to {his2} {$spot} and {#2-9} miles back. How far does {he2} walk?\n{#4-18}
    """##
}
