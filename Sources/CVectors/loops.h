// The loops, once for each instruction set: FOR_PROCESSOR is its attribute, NAMED gives a function its name, and WIDE is how many
// numbers e^x is computed of at once. Sums are in eight lanes whatever WIDE is.

typedef float NAMED(wide) __attribute__((vector_size(WIDE * 4), aligned(4)));
typedef int32_t NAMED(bits) __attribute__((vector_size(WIDE * 4)));

// x log2(e) = n + f with |f| <= 1/2, and 2^f by a polynomial of degree 5 that is 1 at 0 and elsewhere off by at most 9.2e-8 of
// its value (a minimax fit).
FOR_PROCESSOR static inline NAMED(wide) NAMED(exponential)(NAMED(wide) x) {
  NAMED(wide) exponent = x * 1.44269504f;
  NAMED(wide) least = (NAMED(wide)){0} - 126.0f;
  NAMED(bits) small = (NAMED(bits))(least > exponent);
  exponent = (NAMED(wide))((small & (NAMED(bits))least) | (~small & (NAMED(bits))exponent));
  // Adding 1.5 * 2^23 rounds to an integer, which then stands in the lowest bits.
  NAMED(wide) shifted = exponent + 12582912.0f;
  NAMED(wide) f = exponent - (shifted - 12582912.0f);
  NAMED(wide) p = f * 1.3264727e-3f + 9.671513e-3f;
  p = p * f + 5.5507336e-2f;
  p = p * f + 0.24022242f;
  p = p * f + 0.693147f;
  p = p * f + 1.0f;
  // 2^n by adding n to the bits of the exponent.
  return (NAMED(wide))((NAMED(bits))p + ((NAMED(bits))shifted << 23));
}

FOR_PROCESSOR static inline float NAMED(total)(lanes x) {
  float a = x[0] + x[4], b = x[1] + x[5], c = x[2] + x[6], d = x[3] + x[7];
  return (a + c) + (b + d);
}

FOR_PROCESSOR static inline lanes NAMED(larger)(lanes a, lanes b) {
  lane_bits is_larger = (lane_bits)(a > b);
  return (lanes)((is_larger & (lane_bits)a) | (~is_larger & (lane_bits)b));
}

FOR_PROCESSOR static float NAMED(largest)(const float *values, size_t count) {
  lanes first = lanes_of(-INFINITY), second = first;
  size_t index = 0;
  for (; index + 16 <= count; index += 16) {
    first = NAMED(larger)(*(const lanes *)(values + index), first);
    second = NAMED(larger)(*(const lanes *)(values + index + 8), second);
  }
  first = NAMED(larger)(first, second);
  float result = -INFINITY;
  for (int lane = 0; lane < 8; lane++) result = first[lane] > result ? first[lane] : result;
  for (; index < count; index++) result = values[index] > result ? values[index] : result;
  return result;
}

// Adds the parts of eight in their order.
FOR_PROCESSOR static inline void NAMED(add)(lanes *sum, NAMED(wide) values) {
  for (int part = 0; part < WIDE / 8; part++) *sum += ((const lanes *)&values)[part];
}

FOR_PROCESSOR static inline lanes NAMED(exponential_of_eight)(lanes x) {
  NAMED(wide) wide = {0};
  ((lanes *)&wide)[0] = x;
  wide = NAMED(exponential)(wide);
  return ((const lanes *)&wide)[0];
}

FOR_PROCESSOR static float NAMED(sum_exponentials)(const float *values, size_t count, float largest) {
  lanes sum = lanes_of(0);
  size_t index = 0;
  for (; index + WIDE <= count; index += WIDE) {
    NAMED(add)(&sum, NAMED(exponential)(*(const NAMED(wide) *)(values + index) - largest));
  }
  for (; index < count; index += 8) {
    lanes rest = lanes_of(-INFINITY);
    for (size_t lane = 0; lane < 8 && index + lane < count; lane++) rest[lane] = values[index + lane];
    sum += NAMED(exponential_of_eight)(rest - largest);
  }
  return NAMED(total)(sum);
}

FOR_PROCESSOR static float NAMED(exponentials)(float *values, size_t count, float largest) {
  size_t padded = (count + 7) / 8 * 8;
  for (size_t index = count; index < padded; index++) values[index] = -INFINITY;
  lanes sum = lanes_of(0);
  size_t index = 0;
  for (; index + WIDE <= padded; index += WIDE) {
    NAMED(wide) value = NAMED(exponential)(*(const NAMED(wide) *)(values + index) - largest);
    *(NAMED(wide) *)(values + index) = value;
    NAMED(add)(&sum, value);
  }
  for (; index < padded; index += 8) {
    lanes value = NAMED(exponential_of_eight)(*(const lanes *)(values + index) - largest);
    *(lanes *)(values + index) = value;
    sum += value;
  }
  return NAMED(total)(sum);
}

FOR_PROCESSOR static inline float NAMED(dot)(size_t size, const float *a, const float *b) {
  lanes sum = lanes_of(0);
  size_t index = 0;
  for (; index + 8 <= size; index += 8) sum += *(const lanes *)(a + index) * *(const lanes *)(b + index);
  float result = NAMED(total)(sum);
  for (; index < size; index++) result += a[index] * b[index];
  return result;
}

// The values' sum by weight. Four blocks of dimensions at a time, so that sums need not wait for each other.
FOR_PROCESSOR static inline void NAMED(mix)(size_t size, const float *values, const int32_t *rows, size_t count,
                                            const float *weights, float scale, float *result) {
  size_t index = 0;
  for (; index + 32 <= size; index += 32) {
    lanes a = lanes_of(0), b = a, c = a, d = a;
    for (size_t position = 0; position < count; position++) {
      const lanes *value = (const lanes *)(values + (size_t)rows[position] * 2 * size + index);
      float weight = weights[position];
      a += value[0] * weight;
      b += value[1] * weight;
      c += value[2] * weight;
      d += value[3] * weight;
    }
    lanes *to = (lanes *)(result + index);
    to[0] = a * scale;
    to[1] = b * scale;
    to[2] = c * scale;
    to[3] = d * scale;
  }
  for (; index < size; index++) {
    float sum = 0;
    for (size_t position = 0; position < count; position++) {
      sum += values[(size_t)rows[position] * 2 * size + index] * weights[position];
    }
    result[index] = sum * scale;
  }
}

FOR_PROCESSOR static void NAMED(attend)(size_t size, const float *query, const float *store, const int32_t *rows, size_t count,
                                        float *weights, float *result) {
  float largest = -INFINITY;
  for (size_t position = 0; position < count; position++) {
    float score = NAMED(dot)(size, query, store + (size_t)rows[position] * 2 * size);
    weights[position] = score;
    largest = score >= largest ? score : largest;
  }
  float scale = 1 / NAMED(exponentials)(weights, count, largest);
  NAMED(mix)(size, store + size, rows, count, weights, scale, result);
}

#undef FOR_PROCESSOR
#undef NAMED
#undef WIDE
