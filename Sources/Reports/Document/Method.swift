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
    "Corrected p values are Holm's over one family: the categories of CrowS-Pairs, the parts of WinoBias, all ability tasks;"
      + " each of one arm at one step.",
    "Scores are compared only at the same fraction of training, and only where evaluator, build, precision, limit, tokenizer,"
      + " version of the task, data and number of items agree, as far as both files say.",
    "Scores are not compared over the batch size: sums in fp16 depend on it by a few pairs of CrowS-Pairs.",
  ]
}
