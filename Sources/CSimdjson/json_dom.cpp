#include "json_dom.h"
#include <simdjson.h>

namespace dom = simdjson::dom;
namespace ondemand = simdjson::ondemand;

namespace {

bool visit(const dom::element &element, const tiresias_json_events &events);

bool visit_object(const dom::object &object, const tiresias_json_events &events) {
  if (!events.start_object(events.context)) return false;
  for (dom::key_value_pair member : object) {
    if (!events.key(events.context, member.key.data(), member.key.size())) return false;
    if (!visit(member.value, events)) return false;
  }
  return events.end_object(events.context);
}

bool visit_array(const dom::array &array, const tiresias_json_events &events) {
  if (!events.start_array(events.context)) return false;
  for (dom::element element : array) {
    if (!visit(element, events)) return false;
  }
  return events.end_array(events.context);
}

// The type is known in each case, so that the `_unsafe` reads cannot fail.
bool visit(const dom::element &element, const tiresias_json_events &events) {
  switch (element.type()) {
    case dom::element_type::OBJECT: return visit_object(element.get_object().value_unsafe(), events);
    case dom::element_type::ARRAY: return visit_array(element.get_array().value_unsafe(), events);
    case dom::element_type::STRING: {
      std::string_view text = element.get_string().value_unsafe();
      return events.string(events.context, text.data(), text.size());
    }
    case dom::element_type::INT64: return events.signed_integer(events.context, element.get_int64().value_unsafe());
    case dom::element_type::UINT64: return events.unsigned_integer(events.context, element.get_uint64().value_unsafe());
    case dom::element_type::DOUBLE: return events.number(events.context, element.get_double().value_unsafe());
    case dom::element_type::BOOL: return events.boolean(events.context, element.get_bool().value_unsafe());
    case dom::element_type::NULL_VALUE: return events.null(events.context);
  }
  return false;
}

// Walks a value with the parser that knows where it stands, until it stumbles or has gone `depth` levels down.
simdjson::error_code walk(ondemand::value value, size_t depth) {
  if (depth == 0) return simdjson::DEPTH_ERROR;
  ondemand::json_type type;
  if (auto error = value.type().get(type)) return error;
  switch (type) {
    case ondemand::json_type::object: {
      ondemand::object object;
      if (auto error = value.get_object().get(object)) return error;
      for (auto result : object) {
        ondemand::field field;
        if (auto error = std::move(result).get(field)) return error;
        if (auto error = field.unescaped_key().error()) return error;
        if (auto error = walk(field.value(), depth - 1)) return error;
      }
      return simdjson::SUCCESS;
    }
    case ondemand::json_type::array: {
      ondemand::array array;
      if (auto error = value.get_array().get(array)) return error;
      for (auto result : array) {
        ondemand::value element;
        if (auto error = std::move(result).get(element)) return error;
        if (auto error = walk(element, depth - 1)) return error;
      }
      return simdjson::SUCCESS;
    }
    case ondemand::json_type::string: return value.get_string().error();
    case ondemand::json_type::number: return value.get_number().error();
    case ondemand::json_type::boolean: return value.get_bool().error();
    case ondemand::json_type::null: {
      // Asked as a condition it would throw where what begins with an n is no null.
      bool is_null = false;
      if (auto error = value.is_null().get(is_null)) return error;
      return is_null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
    }
  }
  return simdjson::TAPE_ERROR;
}

// The DOM parser does not say where it failed; the on-demand parser does, if it stumbles too.
ptrdiff_t locate(const simdjson::padded_string &text, size_t depth) {
  ondemand::parser parser;
  ondemand::document document;
  if (parser.allocate(text.size(), depth + 1) || parser.iterate(text).get(document)) return -1;
  ondemand::value value;
  if (document.get_value().get(value) || walk(value, depth) == simdjson::SUCCESS) return -1;
  const char *place;
  if (document.current_location().get(place)) return -1;
  ptrdiff_t offset = place - text.data();
  return offset >= 0 && offset <= static_cast<ptrdiff_t>(text.size()) ? offset : -1;
}

}  // namespace

tiresias_json_result tiresias_json_parse(const uint8_t *bytes, size_t length, size_t depth,
                                         const tiresias_json_events *events) {
  simdjson::padded_string text(reinterpret_cast<const char *>(bytes), length);
  if (length > 0 && text.data() == nullptr) return {false, "out of memory", -1};
  dom::parser parser;
  if (auto error = parser.allocate(length, depth)) return {false, simdjson::error_message(error), -1};
  dom::element root;
  if (auto error = parser.parse(text).get(root)) return {false, simdjson::error_message(error), locate(text, depth)};
  visit(root, *events);
  return {true, "", -1};
}
