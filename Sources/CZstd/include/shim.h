// zstd's streaming interface is plain C; only its size constants are macros.
#pragma once
#include <zstd.h>
