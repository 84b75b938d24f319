#include "pile_line.h"

#include <memory>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace dom = simdjson::dom;

/// The whole line is validated (the on-demand front end checks only what it is asked for), and the text is
/// unescaped once, into the parser's own buffer, from where it is handed out.
struct tiresias_pile_parser {
  std::unique_ptr<dom::parser> parser;
  std::string joined;
};

namespace {

constexpr size_t smallest_capacity = size_t(1) << 20;
/// What a parser may keep between lines; more was touched by one giant line and goes back.
constexpr size_t kept_capacity = size_t(1) << 25;

bool make_room(tiresias_pile_parser &p, size_t length) {
  if (!p.parser || (p.parser->capacity() > kept_capacity && length <= kept_capacity)) {
    p.parser.reset(new (std::nothrow) dom::parser());
    p.joined = std::string();
  }
  if (!p.parser) return false;
  if (p.parser->capacity() >= length) return true;
  size_t capacity = smallest_capacity;
  while (capacity < length) capacity *= 2;
  if (capacity > simdjson::SIMDJSON_MAXSIZE_BYTES) capacity = simdjson::SIMDJSON_MAXSIZE_BYTES;
  return capacity >= length && p.parser->allocate(capacity) == simdjson::SUCCESS;
}

bool join(const dom::array &parts, std::string &joined) {
  joined.clear();
  bool first = true;
  for (dom::element part : parts) {
    std::string_view piece;
    if (part.get_string().get(piece)) return false;
    if (!first) joined += "\n\n";
    joined += piece;
    first = false;
  }
  return true;
}

bool read_text(const dom::element &value, std::string &joined, std::string_view &text) {
  if (value.is_string()) return !value.get_string().get(text);
  dom::array parts;
  if (value.get_array().get(parts) || !join(parts, joined)) return false;
  text = joined;
  return true;
}

/// The last of several equal keys counts, as in Python's json.
std::string_view read_subset(const dom::element &meta) {
  std::string_view subset;
  dom::object fields;
  if (meta.get_object().get(fields)) return subset;
  for (auto field : fields) {
    if (field.key != "pile_set_name") continue;
    subset = std::string_view();
    if (field.value.is_string() && field.value.get_string().get(subset)) subset = std::string_view();
  }
  return subset;
}

bool read_line(tiresias_pile_parser &p, const dom::element &line, std::string_view &text, std::string_view &subset) {
  if (line.is_string()) return !line.get_string().get(text);
  dom::object fields;
  if (line.get_object().get(fields)) return false;
  bool found = false;
  for (auto field : fields) {
    if (field.key == "text") {
      if (!read_text(field.value, p.joined, text)) return false;
      found = true;
    } else if (field.key == "meta") {
      subset = read_subset(field.value);
    }
  }
  return found;
}

}  // namespace

tiresias_pile_parser *tiresias_pile_parser_new(void) { return new (std::nothrow) tiresias_pile_parser(); }

void tiresias_pile_parser_free(tiresias_pile_parser *parser) { delete parser; }

bool tiresias_pile_parse(
    tiresias_pile_parser *parser, const uint8_t *line, size_t length, tiresias_pile_line *result) try {
  if (!make_room(*parser, length)) return false;
  dom::element root;
  if (parser->parser->parse(line, length, false).get(root)) return false;
  std::string_view text, subset;
  if (!read_line(*parser, root, text, subset)) return false;
  result->text = reinterpret_cast<const uint8_t *>(text.data());
  result->text_length = text.size();
  result->subset = reinterpret_cast<const uint8_t *>(subset.data());
  result->subset_length = subset.size();
  return true;
} catch (const std::bad_alloc &) {
  return false;
}
