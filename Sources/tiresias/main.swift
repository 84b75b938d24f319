import TiresiasCommands

// Exit codes are a contract: 0 done, 1 failed, 2 usage, 3 verification found a difference.
CommandLineTool.main()
