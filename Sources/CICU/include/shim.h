// ICU's functions are macros that add a version suffix, which Swift cannot import: one-line wrappers.
#pragma once
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>
