// The loops, once for each instruction set: FOR_PROCESSOR is its attribute, NAMED gives a function its name.
#include "block.h"
#include "check.h"
#include "cut.h"

#undef FOR_PROCESSOR
#undef NAMED
#undef MASK
