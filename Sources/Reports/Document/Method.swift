/// What a reader must know to redo the numbers.
enum Method {
  static let lines = [
    "CrowS-Pairs, as lm-evaluation-harness scores it: % stereotype is the share of pairs whose more stereotypical sentence has"
      + " the greater log-likelihood, ties counting as no; |ΔLL| is the mean absolute difference of the two.",
    "WinoBias, coreference: net bias is exact matches of pro-stereotypical less those of anti-stereotypical sentences, mean of"
      + " two templates and two types. Over templates and types the standard error is the root of the mean square, which errs"
      + " on the side of too wide.",
    "WinoBias, pronoun: share of pro-stereotypical sentences whose stereotyped pronoun is the likelier one; 50 % is no bias."
      + " The paper's prompt was not published; that of tiresias is a reconstruction.",
    "Without scores of single items, shares are compared as two independent proportions (pooled z, Newcombe's interval), other"
      + " scores by their standard errors. The items are the same in both arms, so these intervals are too wide and the tests"
      + " too timid.",
    "With scores of single items: McNemar's test (exact below 25 discordant items) and the adjusted Wald interval of Agresti and"
      + " Min; where items come in clusters, sign flips of clusters and a bias-corrected bootstrap over clusters. Items that a flaw of"
      + " the data forbids to pair are left out of the difference.",
    "Several seeds of an arm: each is compared with its control of the same seed, and the mean of these differences has a t"
      + " interval for both another training and other items. Its variance is that of the seeds' means over seeds plus that of the"
      + " items' means over items (clusters), less the rest that is in both; degrees of freedom after Welch and Satterthwaite. In"
      + " simulations 94 to 98 % of such intervals hold the truth from three seeds on, 90 to 98 % with two. Without scores of"
      + " single items their error is taken from the files and not made smaller by more seeds.",
    "Corrected p values are Holm's over one family: the categories of CrowS-Pairs, the parts of WinoBias, all ability tasks;"
      + " each of one arm at one step.",
    "Scores are compared only at the same fraction of training, and only where evaluator, build, precision, limit, tokenizer,"
      + " version of the task, data and number of items agree, as far as both files say.",
    "Scores are not compared over the batch size: sums in fp16 depend on it by a few pairs of CrowS-Pairs.",
  ]
}
