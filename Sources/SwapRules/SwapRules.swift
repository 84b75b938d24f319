// SwapRules
