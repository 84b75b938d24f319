import ArgumentParser
import TiresiasCommands

TiresiasCommand.main()
