"""The manual page of the program, from what it says of itself: `tiresias --experimental-dump-help | manual.py > tiresias.1`."""

import json
import sys


def troff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in text.splitlines())


def names(argument):
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    return ", ".join(dashes[name["kind"]] + name["name"] for name in argument.get("names", []))


def argument_lines(argument):
    value = f"<{argument.get('valueName', 'value')}>"
    if argument["kind"] == "positional":
        term = value
    else:
        term = names(argument) + (f" {value}" if argument["kind"] == "option" else "")
    yield ".TP"
    yield f"\\fB{troff(term)}\\fR"
    yield troff(argument.get("abstract", "")) or "\\&"


def command_lines(command, path):
    path = [*path, command["commandName"]]
    if len(path) > 1:
        yield f".SS {troff(' '.join(path))}"
        yield troff(command.get("abstract", ""))
    if "discussion" in command and len(path) > 1:
        # Indented lines, and the line before them, stand as they are.
        for line in command["discussion"].splitlines():
            yield f".PP\n.nf\n{troff(line)}\n.fi" if line.startswith(" ") else f".PP\n{troff(line)}" if line else ""
    for argument in command.get("arguments", []):
        if argument.get("shouldDisplay", True) and argument.get("preferredName", {}).get("name") not in ("help", "version"):
            yield from argument_lines(argument)
    for subcommand in command.get("subcommands", []):
        if subcommand["commandName"] != "help":
            yield from command_lines(subcommand, path)


def main():
    command = json.load(sys.stdin)["command"]
    print('.TH TIRESIAS 1\n.SH NAME')
    print(f"tiresias \\- {troff(command['abstract'])}")
    print(".SH SYNOPSIS\n\\fBtiresias\\fR \\fIsubcommand\\fR ...\n.SH COMMANDS")
    print("\n".join(command_lines(command, [])))
    print(".SH EXIT STATUS\n0 done, 1 failed, 2 usage, 3 verification found a difference.")


main()
