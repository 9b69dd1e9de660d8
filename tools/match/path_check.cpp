#include "tools/match/path_check.hpp"

#include "tools/convert/well_known.hpp"
#include "tools/convert/wording.hpp"
#include "tools/convert/written_fields.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/match/message_value.hpp"
#include "tools/match/scalar_spelling.hpp"
#include "tools/match/value.hpp"

#include <string>
#include <utility>
#include <vector>

namespace understudy::match {

namespace {

using convert::JsonForm;
using google::protobuf::Descriptor;
using Field = google::protobuf::FieldDescriptor;
using source::Problem;

/// Whether a map can have a key, written in quotes or without, and it is spelled as differences name it: `01` is none.
bool may_be_key(const Field& map, std::string_view key) {
    if (key.size() > 1 && key.starts_with('"')) key = key.substr(1, key.size() - 2);
    const auto spelled = spell_key(key, *map.message_type()->map_key());
    return spelled && *spelled == key;
}

/// Goes along a path, from type to type.
class PathWalk {
  public:
    PathWalk(std::optional<source::Node> node, const Descriptor& type, Reach reach) : node_(node), reach_(reach) {
        enter_message(type);
    }
    PathWalk(source::Node node, const Field& field, Reach reach) : node_(node), reach_(reach) { enter_field(field); }

    std::optional<Problem> take(const std::vector<std::string>& steps);

  private:
    enum class Shape : std::uint8_t { message, list, map, whole, open };

    void enter_message(const Descriptor& type);
    void enter_field(const Field& field);
    void enter_item(const Field& field);
    void enter_map_value() { enter_item(*field_->message_type()->map_value()); }
    std::optional<Problem> take_bracket(std::string_view step);
    std::optional<Problem> take_name(std::string_view name, bool first);
    std::optional<Problem> take_field(std::string_view name);
    bool has_field_behind_key(std::string_view name) const;
    Problem refuse(std::string message, std::string note) const;
    Problem refuse_key(std::string_view bracket) const;

    std::optional<source::Node> node_;
    Reach reach_;
    Shape shape_ = Shape::open;
    const Descriptor* type_ = nullptr;  ///< Of a message.
    const Field* field_ = nullptr;      ///< Of a list, a map or a whole value.
};

void PathWalk::enter_message(const Descriptor& type) {
    type_ = &type;
    switch (convert::json_form(type)) {
        case JsonForm::object:
            shape_ = Shape::message;
            break;
        case JsonForm::timestamp:
        case JsonForm::duration:
        case JsonForm::field_mask:
        case JsonForm::wrapper:
            shape_ = Shape::whole;
            break;
        default:
            shape_ = Shape::open;
    }
}

void PathWalk::enter_field(const Field& field) {
    field_ = &field;
    if (!field.is_repeated()) return enter_item(field);
    shape_ = field.is_map() ? Shape::map : Shape::list;
}

void PathWalk::enter_item(const Field& field) {
    field_ = &field;
    shape_ = Shape::whole;
    if (field.message_type()) enter_message(*field.message_type());
}

Problem PathWalk::refuse(std::string message, std::string note) const {
    auto problem = node_ ? node_->problem(source::ProblemCode::not_found, std::move(message))
                         : Problem(source::ProblemCode::not_found, std::move(message));
    return std::move(problem).with_note(std::move(note));
}

Problem PathWalk::refuse_key(std::string_view bracket) const {
    const bool text = field_->message_type()->map_key()->cpp_type() == Field::CPPTYPE_STRING;
    return refuse("there is no " + std::string(bracket) + " below '" + field_->name() + "'",
                  text ? "a key is written [\"key\"]"
                       : field_->name() + " is " + convert::render_field_type(*field_, convert::Wording::types));
}

std::optional<Problem> PathWalk::take_field(std::string_view name) {
    if (name == "*" || name.ends_with(kNotInSchema)) {
        shape_ = Shape::open;
        return std::nullopt;
    }
    if (const auto* field = convert::find_field(*type_, name)) {
        enter_field(*field);
        return std::nullopt;
    }
    return refuse(convert::render_unknown_field(name, *type_, convert::Wording::types),
                  convert::render_fields(*type_, convert::Wording::types))
        .with_hint(convert::suggest_field(name, *type_));
}

/// The key of a map need not be written before a field of its values.
bool PathWalk::has_field_behind_key(std::string_view name) const {
    const auto* value = field_->message_type()->map_value()->message_type();
    return value && convert::json_form(*value) == JsonForm::object && convert::find_field(*value, name);
}

std::optional<Problem> PathWalk::take_name(std::string_view name, bool first) {
    if (shape_ == Shape::list && reach_ == Reach::one)
        return refuse("'" + std::string(name) + "' is looked for in a list",
                      "write [0]." + std::string(name) + " for that of its first element");
    if (shape_ == Shape::list && first && name != "*")
        return refuse("'" + std::string(name) + "' is looked for in a list",
                      "write [*]." + std::string(name) + " for all of its elements");
    if (shape_ == Shape::list) enter_item(*field_);
    if (shape_ == Shape::map) {
        const bool behind = !first && reach_ == Reach::all && has_field_behind_key(name);
        if (!behind && (name.starts_with('[') || (name != "*" && !may_be_key(*field_, name)))) return refuse_key(name);
        enter_map_value();
        return behind ? take_field(name) : std::nullopt;
    }
    if (shape_ == Shape::message) return take_field(name);
    if (shape_ == Shape::open) return std::nullopt;
    return refuse("there is nothing below '" + field_->name() + "' that has a name",
                  field_->name() + " is " + convert::render_item_type(*field_, convert::Wording::types) +
                      ", and compared as a whole");
}

std::optional<Problem> PathWalk::take_bracket(std::string_view step) {
    const bool element = step == "[*]" || step.find_first_not_of("[-0123456789]") == std::string_view::npos;
    if (shape_ == Shape::list && element) {
        enter_item(*field_);
    } else if (shape_ == Shape::list && reach_ == Reach::all) {
        enter_item(*field_);
        return take_bracket(step);
    } else if (shape_ == Shape::map) {
        const auto key = step.substr(1, step.size() - 2);
        const bool known = element || step.starts_with("[\"");
        if (!known || (key != "*" && !may_be_key(*field_, key))) return refuse_key(step);
        enter_map_value();
    } else if (shape_ == Shape::whole || shape_ == Shape::message) {
        const auto name = shape_ == Shape::whole ? "'" + field_->name() + "'" : "a " + type_->full_name();
        return refuse("there is no " + std::string(step) + " below " + name, "it is no list and no map");
    } else {
        shape_ = Shape::open;
    }
    return std::nullopt;
}

std::optional<Problem> PathWalk::take(const std::vector<std::string>& steps) {
    for (std::size_t i = 0; i < steps.size() && shape_ != Shape::open; ++i) {
        const auto& step = steps[i];
        auto problem = step.starts_with('[') ? take_bracket(step) : take_name(std::string_view(step).substr(1), i == 0);
        if (problem) return problem;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Problem> check_path(source::Node node, std::string_view path, const Descriptor& type, Reach reach) {
    return PathWalk(node, type, reach).take(parse_path(path));
}

std::optional<Problem> check_path(source::Node node, std::string_view path, const Field& field) {
    return PathWalk(node, field, Reach::all).take(parse_path(path));
}

std::optional<Problem> check_path(std::string_view path, const Descriptor& type) {
    return PathWalk(std::nullopt, type, Reach::all).take(parse_path(path));
}

}  // namespace understudy::match
