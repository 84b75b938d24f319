// Where pre-tokens begin: GPT-2's pattern as algebra on masks.

/// The classes of ASCII; of other bytes only that they are high.
FOR_PROCESSOR static inline classes NAMED(ascii)(bytes block) {
  classes found = {0};
  found.letters = MASK((block | 0x20) - 'a' < 26);
  found.numbers = MASK(block - '0' < 10);
  found.plain_spaces = MASK(block == ' ');
  found.spaces = MASK(block - 9 < 5) | found.plain_spaces;
  found.apostrophes = MASK(block == '\'');
  found.high = MASK(block >= 0x80);
  found.others = ~(found.letters | found.numbers | found.spaces | found.high);
  return found;
}

/// True if a character stands at `position` and is no white space.
FOR_PROCESSOR static inline bool NAMED(is_solid)(const place *at, size_t position) {
  unsigned length;
  return position < at->size && tiresias_character_class(NAMED(decode)(at, position, &length)) != 2;
}

/// First bytes of kana that are letters: U+3041 to U+30FF but for signs and U+3097 to U+309C. None at the block's end, where the
/// bytes that tell are not seen.
FOR_PROCESSOR static inline uint64_t NAMED(kana)(bytes block, uint64_t lead) {
  uint64_t letters = MASK(block == 0x81) >> 1 & ~(MASK(block == 0x80) >> 2);
  letters |= MASK(block == 0x82) >> 1 & ~(MASK((block - 0x97 < 6) | (block == 0xA0)) >> 2);
  letters |= MASK(block == 0x83) >> 1 & ~(MASK(block == 0xBB) >> 2);
  return lead & letters & ~(UINT64_C(3) << 62);
}

/// Adds the classes of characters beyond ASCII. Those whose first byte says that they are letters go all at once: the letters of
/// Latin with accents, of Cyrillic, Chinese, Japanese and Korean for the most part. The others are looked up one by one.
FOR_PROCESSOR static inline void NAMED(beyond_ascii)(const place *at, bytes block, classes *found, tiresias_cut *cut) {
  const uint64_t last = UINT64_C(1) << 63;
  uint64_t lead = found->high & MASK(block >= 0xC0);
  uint64_t two = MASK((block - 0xC3 < 8) | (block - 0xD0 < 2) | (block == 0xD3));
  uint64_t three = MASK((block - 0xE4 < 6) | (block - 0xEB < 2));
  // Among the letters stand U+00D7, U+00F7 and U+4DC0 to U+4DFF, which are none.
  two &= ~(MASK(block == 0xC3) & (MASK((block & 0xDF) == 0x97) >> 1 | last));
  three &= ~(MASK(block == 0xE4) & (MASK(block == 0xB7) >> 1 | last));
  uint64_t kana = MASK(block == 0xE3);
  if (kana != 0) three |= NAMED(kana)(block, kana);
  // By class, as the table numbers them: what is in the block, and what reaches beyond.
  uint64_t here[4] = {cut->letters | two | three | (two | three) << 1 | three << 2, cut->numbers, cut->spaces, cut->others};
  uint64_t beyond[4] = {(two | three) >> 63 | three >> 62};
  for (uint64_t rest = lead & ~(two | three); rest != 0; rest &= rest - 1) {
    unsigned index = (unsigned)__builtin_ctzll(rest), length;
    unsigned class = tiresias_character_class(NAMED(decode)(at, at->position + index, &length));
    uint64_t bits = (UINT64_C(1) << length) - 1;
    // No branch: in text of mixed classes each would be a guess.
    here[class] |= bits << index;
    if (index + length > 64) beyond[class] |= bits >> (64 - index);
    if (class == 2 && NAMED(is_solid)(at, at->position + index + length)) found->last_spaces |= UINT64_C(1) << index;
  }
  found->letters |= here[0] & found->high;
  found->numbers |= here[1] & found->high;
  found->spaces |= here[2] & found->high;
  found->others |= here[3] & found->high;
  cut->letters = beyond[0];
  cut->numbers = beyond[1];
  cut->spaces = beyond[2];
  cut->others = beyond[3];
}

/// The classes of the block at a place; none behind the text's end.
FOR_PROCESSOR static inline classes NAMED(classify)(const place *at, tiresias_cut *cut) {
  uint64_t valid;
  bytes block = NAMED(load)(at->text, at->position, at->size, &valid);
  classes found = NAMED(ascii)(block);
  found.others &= valid;
  if (found.high != 0) NAMED(beyond_ascii)(at, block, &found, cut);
  return found;
}

/// The starts of the parts into which runs of spaces are cut: of every run, and where one is longer than the longest.
FOR_PROCESSOR static inline uint64_t NAMED(run_starts)(uint64_t spaces, size_t longest, tiresias_cut *cut) {
  uint64_t starts = spaces & ~(spaces << 1 | (cut->run != 0));
  uint64_t leading = spaces == ~UINT64_C(0) ? 64 : (uint64_t)__builtin_ctzll(~spaces);
  uint64_t sixteen = spaces & spaces >> 1;
  sixteen &= sixteen >> 2;
  sixteen &= sixteen >> 4;
  sixteen &= sixteen >> 8;
  if (sixteen != 0 || longest < 16 || cut->run + leading > longest) {
    for (uint64_t rest = spaces; rest != 0;) {
      unsigned start = (unsigned)__builtin_ctzll(rest);
      uint64_t before = start == 0 ? cut->run : 0;
      // A run's length, counted from its start or from the block's.
      uint64_t behind = ~(rest >> start);
      unsigned length = behind == 0 ? 64 : (unsigned)__builtin_ctzll(behind);
      for (size_t next = (longest - before % longest) % longest; next < length; next += longest) {
        starts |= UINT64_C(1) << (start + next);
      }
      if (length == 64) break;
      rest &= ~(((UINT64_C(1) << length) - 1) << start);
    }
  }
  uint64_t trailing = spaces == ~UINT64_C(0) ? 64 : (uint64_t)__builtin_clzll(~spaces);
  cut->run = trailing == 64 ? cut->run + 64 : trailing;
  return starts;
}

/// The first places of runs of a class.
FOR_PROCESSOR static inline uint64_t NAMED(firsts)(uint64_t class, uint64_t *after) {
  uint64_t first = class & ~(class << 1 | *after);
  *after = class >> 63;
  return first;
}

/// Bytes of the contraction whose apostrophe is at `position`; 0 if there is none.
FOR_PROCESSOR static inline unsigned NAMED(contraction)(const place *at, size_t position) {
  if (position + 1 >= at->size) return 0;
  uint8_t first = at->text[position + 1];
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return 2;
  if (position + 2 >= at->size) return 0;
  uint8_t second = at->text[position + 2];
  return (first == 'l' && second == 'l') || ((first == 'v' || first == 'r') && second == 'e') ? 3 : 0;
}

/// Takes contractions as pre-tokens: nothing starts behind the apostrophe, and a letter behind them starts the next.
FOR_PROCESSOR static inline uint64_t NAMED(contract)(
    const place *at, uint64_t starts, uint64_t letters, uint64_t apostrophes, tiresias_cut *cut) {
  starts = (starts & ~cut->contracted) | (cut->after_contraction & letters);
  cut->contracted = cut->after_contraction = 0;
  for (; apostrophes != 0; apostrophes &= apostrophes - 1) {
    unsigned index = (unsigned)__builtin_ctzll(apostrophes);
    unsigned length = NAMED(contraction)(at, at->position + index);
    if (length == 0) continue;
    if (index < 63) starts &= ~(UINT64_C(2) << index);
    else cut->contracted = 1;
    if (index + length < 64) starts |= UINT64_C(1) << (index + length) & letters;
    else cut->after_contraction = UINT64_C(1) << (index + length - 64);
  }
  return starts;
}

/// A bit for each pre-token that starts in the block at a place.
FOR_PROCESSOR static inline uint64_t NAMED(starts)(const place *at, size_t longest_run, tiresias_cut *cut) {
  classes found = NAMED(classify)(at, cut);
  size_t next = at->position + 64;
  // Spaces of runs are tokens by themselves; a single one belongs to what follows.
  uint64_t runs = 0, single = found.plain_spaces;
  uint64_t starts = 0;
  if (longest_run > 1) {
    uint64_t next_space = (uint64_t)(next < at->size && at->text[next] == ' ') << 63;
    starts = NAMED(run_starts)(found.plain_spaces, longest_run, cut);
    single = starts & ~(found.plain_spaces >> 1 | next_space);
    runs = found.plain_spaces & ~single;
    starts &= runs;
  }
  uint64_t blank = found.spaces & ~runs;
  uint64_t solid = found.letters | found.numbers | found.others;
  uint64_t next_solid = (uint64_t)NAMED(is_solid)(at, next) << 63;
  // White space is one pre-token but for its last character where something solid follows.
  starts |= NAMED(firsts)(blank, &cut->after_blank);
  starts |= (blank & ~found.high & (solid >> 1 | next_solid)) | found.last_spaces;
  uint64_t joined = single << 1 | cut->after_single;
  uint64_t others = NAMED(firsts)(found.others, &cut->after_other) & ~joined;
  starts |= others;
  starts |= NAMED(firsts)(found.letters, &cut->after_letter) & ~joined;
  starts |= NAMED(firsts)(found.numbers, &cut->after_number) & ~joined;
  cut->after_single = single >> 63;
  return NAMED(contract)(at, starts, found.letters, others & found.apostrophes, cut);
}

/// Writes the places of a mask's bits, at least `first`; up to three places behind the last are overwritten.
FOR_PROCESSOR static inline void NAMED(write)(uint64_t mask, uint32_t first, uint32_t *to) {
  while (mask != 0) {
    for (int index = 0; index < 4; index++) {
      // The last of four may be of no bit; its place is not counted.
      *to++ = first + (uint32_t)__builtin_ctzg(mask, 64);
      mask &= mask - 1;
    }
  }
}

FOR_PROCESSOR static size_t NAMED(cut)(tiresias_cut *cut, const uint8_t *text, size_t size, size_t longest_run,
                                       uint32_t *starts, size_t room) {
  size_t count = 0;
  tiresias_cut now = *cut;
  place at = {text, size, now.position};
  for (; at.position < size && count + 64 <= room; at.position += 64) {
    uint64_t found = NAMED(starts)(&at, longest_run, &now);
    NAMED(write)(found, (uint32_t)at.position, starts + count);
    count += (size_t)__builtin_popcountll(found);
  }
  now.position = at.position;
  *cut = now;
  return count;
}
