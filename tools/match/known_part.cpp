#include "tools/match/known_part.hpp"

#include "tools/convert/well_known.hpp"
#include "tools/match/message_value.hpp"

#include <map>
#include <optional>
#include <utility>

namespace understudy::match {
namespace {

namespace protobuf = google::protobuf;
using convert::JsonForm;
using Type = protobuf::Descriptor;
using Field = protobuf::FieldDescriptor;

constexpr std::string_view kTypeKey = "@type";

/// By its name in JSON, its own, or `[full.name]`, as protobuf looks it up.
const Field* find_field(const Type& type, const std::string& key) {
    for (int i = 0; i < type.field_count(); ++i) {
        if (type.field(i)->json_name() == key) return type.field(i);
    }
    if (const auto* field = type.FindFieldByName(key)) return field;
    if (!is_extension_name(key)) return nullptr;
    const auto* extension = type.file()->pool()->FindExtensionByName(key.substr(1, key.size() - 2));
    return extension && extension->containing_type() == &type ? extension : nullptr;
}

bool is_boolean(const Field& field) {
    const auto* type = field.message_type();
    return field.type() == Field::TYPE_BOOL || (type && type->full_name() == "google.protobuf.BoolValue");
}

bool takes_null_itself(const Field& field) {
    const auto* message = field.message_type();
    const auto* names = field.enum_type();
    return (message && message->full_name() == "google.protobuf.Value") ||
           (names && names->full_name() == "google.protobuf.NullValue");
}

/// Of what proto2 calls an enum no value but its own is one: it is a field that is not known.
bool is_closed(const protobuf::EnumDescriptor& names) {
    return names.file()->syntax() == protobuf::FileDescriptor::SYNTAX_PROTO2;
}

/// A name that the enum has not; texts of numbers are numbers.
bool is_strange_name(const Value& value, const protobuf::EnumDescriptor& names) {
    return value.kind == Kind::text && !names.FindValueByName(value.text) &&
           (value.text.empty() || value.text.find_first_not_of("0123456789-+") != std::string::npos);
}

class Parting {
  public:
    /// Leaves in `value` what is known of it.
    void part_message(Value& value, const Type& type);
    std::vector<Unknown> take_unknown() { return std::move(unknown_); }
    const std::optional<source::Problem>& problem() const { return problem_; }

  private:
    using Values = std::vector<Value>;

    void part_any(Value& any, const Type& type);
    void part_fields(Value& object, const Type& type, bool packed);
    /// These add to `strange` what a closed enum has no value for, and leave it out.
    void part_field(Value& value, const Field& field, Values& strange);
    void part_list(Value& list, const Field& field, Values& strange);
    void part_map(Value& map, const Field& field, Values& strange);
    /// False where it must be left out.
    bool part_one(Value& value, const Field& field);
    bool part_element(std::string step, Value& value, const Field& field, Values& strange);
    /// `json_name`: what paths call it.
    void add_unknown(std::string name, Value value, const std::string& json_name) {
        unknown_.push_back({path_, {std::move(name), Naming::unknown, std::move(value), json_name}});
    }
    void refuse(const std::string& why);

    std::vector<std::string> path_;
    std::vector<Unknown> unknown_;
    std::optional<source::Problem> problem_;
};

void Parting::refuse(const std::string& why) {
    if (problem_) return;
    std::string text;
    for (const auto& step : path_) text += (text.empty() || step.starts_with('[') ? "" : ".") + step;
    problem_ = source::Problem(source::ProblemCode::malformed, (text.empty() ? text : text + ": ") + why);
}

void Parting::part_message(Value& value, const Type& type) {
    if (value.kind != Kind::object) return;
    const auto form = convert::json_form(type);
    if (form == JsonForm::object) part_fields(value, type, false);
    if (form == JsonForm::any) part_any(value, type);
}

void Parting::part_any(Value& any, const Type& type) {
    const auto* url = any.find(kTypeKey);
    if (!url || url->value.kind != Kind::text) return;
    const auto name = url->value.text.substr(url->value.text.rfind('/') + 1);
    const auto* packed = type.file()->pool()->FindMessageTypeByName(name);
    if (!packed) return;
    if (convert::json_form(*packed) == JsonForm::object) return part_fields(any, *packed, true);
    path_.emplace_back("value");
    for (auto& member : any.members) {
        if (member.name == path_.back()) part_message(member.value, *packed);
    }
    path_.pop_back();
}

void Parting::part_fields(Value& object, const Type& type, bool packed) {
    std::map<const Field*, std::string> names;
    std::vector<Member> known;
    for (auto& member : object.members) {
        const bool is_type = packed && member.name == kTypeKey;
        const auto* field = is_type ? nullptr : find_field(type, member.name);
        if (is_type) known.push_back(member);
        if (!field) {
            if (!is_type) add_unknown(member.name, std::move(member.value), member.name);
            continue;
        }
        const auto [earlier, is_new] = names.emplace(field, member.name);
        if (!is_new) refuse('\'' + earlier->second + "' and '" + member.name + "' are names of one field");
        Values strange;
        path_.push_back(to_member_name(*field));
        part_field(member.value, *field, strange);
        path_.pop_back();
        const bool left_out = !field->is_repeated() && !strange.empty();
        for (auto& value : strange)
            add_unknown("field " + std::to_string(field->number()), std::move(value), field->name());
        if (!left_out) known.push_back(std::move(member));
    }
    object.members = std::move(known);
}

void Parting::part_field(Value& value, const Field& field, Values& strange) {
    if (value.kind == Kind::null) return;  // As good as absent, or a value by itself.
    if (field.is_map()) return part_map(value, field, strange);
    if (field.is_repeated()) return part_list(value, field, strange);
    if (!part_one(value, field)) strange.push_back(std::move(value));
}

bool Parting::part_element(std::string step, Value& value, const Field& field, Values& strange) {
    path_.push_back(std::move(step));
    if (value.kind == Kind::null && !takes_null_itself(field)) refuse("null is no element");
    const bool stays = part_one(value, field);
    if (!stays) strange.push_back(std::move(value));
    path_.pop_back();
    return stays;
}

void Parting::part_list(Value& list, const Field& field, Values& strange) {
    std::vector<Value> known;
    for (auto& item : list.items) {
        if (part_element('[' + std::to_string(known.size()) + ']', item, field, strange))
            known.push_back(std::move(item));
    }
    list.items = std::move(known);
}

void Parting::part_map(Value& map, const Field& field, Values& strange) {
    std::vector<Member> known;
    for (auto& entry : map.members) {
        if (part_element(entry.name, entry.value, *field.message_type()->map_value(), strange))
            known.push_back(std::move(entry));
    }
    map.members = std::move(known);
}

bool Parting::part_one(Value& value, const Field& field) {
    if (value.kind == Kind::text && is_boolean(field)) refuse(value.shown + " is no boolean");
    if (field.message_type()) part_message(value, *field.message_type());
    const auto* names = field.enum_type();
    if (!names || !is_strange_name(value, *names)) return true;
    if (is_closed(*names)) return false;
    unknown_.push_back({path_, {{}, Naming::field, std::move(value)}});
    value = make_number(std::to_string(names->value(0)->number()));
    return true;
}

}  // namespace

source::Result<KnownPart> to_known_part(Value json, const Type& type) {
    Parting parting;
    parting.part_message(json, type);
    if (parting.problem()) return *parting.problem();
    return KnownPart{std::move(json), parting.take_unknown()};
}

}  // namespace understudy::match
