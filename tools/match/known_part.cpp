#include "tools/match/known_part.hpp"

#include "tools/convert/given_fields.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/message_value.hpp"
#include "tools/match/scalar_spelling.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace understudy::match {
namespace {

namespace protobuf = google::protobuf;
using convert::JsonForm;
using Type = protobuf::Descriptor;
using Field = protobuf::FieldDescriptor;
using What = Unknown::What;

constexpr std::string_view kUrlKey = "@type", kValueKey = "value", kTypePrefix = "type.googleapis.com/";
constexpr int kWrappedField = 1;  // of a wrapper

/// Whether an object is all of a message, or that of one in a google.protobuf.Any, beside its type.
enum class Packing : std::uint8_t { none, in_any };

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

/// Of what proto2 calls an enum no value but its own is one: it is a field that is not known.
bool is_closed(const protobuf::EnumDescriptor& names) {
    return names.file()->syntax() == protobuf::FileDescriptor::SYNTAX_PROTO2;
}

Value* find_value(Value& object, std::string_view name) {
    const auto found = std::ranges::find(object.members, name, &Member::name);
    return found == object.members.end() ? nullptr : &found->value;
}

/// Parsers in Go write a google.protobuf.Empty in an Any as `"value": {}`.
void leave_out_nothing(Value& any) {
    std::erase_if(any.members, [](const Member& member) {
        const bool nothing = member.value.kind == Kind::object && member.value.members.empty();
        return member.name == kValueKey && nothing;
    });
}

class Parting {
  public:
    /// Leaves in `value` what is known of it.
    void part_message(Value& value, const Type& type);
    std::vector<Unknown> take_unknown() { return std::move(unknown_); }
    const std::optional<source::Problem>& problem() const { return problem_; }

  private:
    using Values = std::vector<Value>;
    /// What an object has given so far.
    struct Given {
        std::map<const Field*, std::string> fields;
        std::map<const protobuf::OneofDescriptor*, std::string> oneofs;
    };

    void part_any(Value& any, const Type& type);
    void part_packed_value(Value& any, const Type& packed);
    void keep_strange_any(Value& any, std::string type);
    void part_fields(Value& object, const Type& type, Packing packing);
    void note_given(const Member& member, const Field& field, Given& given);
    void part_json(Value& value);
    /// These add to `strange` what a closed enum has no value for, and leave it out.
    void part_field(Value& value, const Field& field, Values& strange);
    void part_list(Value& list, const Field& field, Values& strange);
    void part_map(Value& map, const Field& field, Values& strange);
    /// False where it must be left out.
    bool part_one(Value& value, const Field& field);
    bool part_element(std::string step, Value& value, const Field& field, Values& strange);
    /// `json_name`: what paths call it.
    void add_unknown(std::string name, Value value, const std::string& json_name) {
        unknown_.push_back({What::field, path_, {std::move(name), Naming::unknown, std::move(value), json_name}});
    }
    bool expect(const Value& value, Kind kind, std::string_view wanted) {
        if (value.kind != kind) check(to_misfit(value, wanted));
        return value.kind == kind;
    }
    void check(const source::Result<void>& result) {
        if (!result) refuse(result.error().message());
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
    switch (const auto form = convert::json_form(type)) {
        case JsonForm::object:
            if (expect(value, Kind::object, type.full_name())) part_fields(value, type, Packing::none);
            return;
        case JsonForm::any:
            if (expect(value, Kind::object, type.full_name())) part_any(value, type);
            return;
        case JsonForm::timestamp:
        case JsonForm::duration:
        case JsonForm::field_mask:
            return check(check_text_form(value, form));
        case JsonForm::wrapper:
            return check(spell_scalar(value, *type.FindFieldByNumber(kWrappedField)));
        case JsonForm::structure:
            if (expect(value, Kind::object, "object")) part_json(value);
            return;
        case JsonForm::list:
            if (expect(value, Kind::list, "list")) part_json(value);
            return;
        case JsonForm::value:
            return part_json(value);
    }
}

/// Anything but numbers that no double holds.
void Parting::part_json(Value& value) {
    if (value.kind == Kind::number) check(spell_json_number(value));
    for (auto& item : value.items) part_json(item);
    for (auto& member : value.members) part_json(member.value);
}

void Parting::part_any(Value& any, const Type& type) {
    if (any.members.empty()) return;
    auto* url = find_value(any, kUrlKey);
    if (!url) return refuse("the key '@type' is missing");
    const auto slash = url->kind == Kind::text ? url->text.rfind('/') : std::string::npos;
    if (slash == std::string::npos) return check(to_misfit(*url, "URL of a type"));
    const auto name = url->text.substr(slash + 1);
    const auto* packed = type.file()->pool()->FindMessageTypeByName(name);
    if (!packed) return keep_strange_any(any, name);
    *url = make_text(std::string(kTypePrefix) + name);  // protobuf's own parser knows no other URLs.
    if (packed->full_name() == "google.protobuf.Empty") leave_out_nothing(any);
    if (convert::json_form(*packed) == JsonForm::object) return part_fields(any, *packed, Packing::in_any);
    part_packed_value(any, *packed);
    // protobuf 3.21's parser takes no list there.
    if (convert::json_form(*packed) == JsonForm::list) keep_strange_any(any, name);
}

/// A type with a JSON form of its own is the member `value`.
void Parting::part_packed_value(Value& any, const Type& packed) {
    std::vector<Member> known;
    for (auto& member : any.members) {
        if (member.name != kUrlKey && member.name != kValueKey)
            add_unknown(member.name, std::move(member.value), member.name);
        else
            known.push_back(std::move(member));
    }
    any.members = std::move(known);
    auto* value = find_value(any, kValueKey);
    if (!value) return refuse("the key 'value' is missing");
    path_.emplace_back(kValueKey);
    part_message(*value, packed);
    path_.pop_back();
}

/// Its members stay as they are, as JSON.
void Parting::keep_strange_any(Value& any, std::string type) {
    Value strange = std::exchange(any, Value{.kind = Kind::object});
    std::erase_if(strange.members, [](const Member& member) { return member.name == kUrlKey; });
    strange.type = std::move(type);
    unknown_.push_back({What::any_type, path_, {{}, Naming::field, std::move(strange)}});
}

void Parting::note_given(const Member& member, const Field& field, Given& given) {
    const auto [earlier, is_new] = given.fields.emplace(&field, member.name);
    if (!is_new) refuse('\'' + earlier->second + "' and '" + member.name + "' are names of one field");
    const auto* oneof = field.real_containing_oneof();
    const bool absent = member.value.kind == Kind::null && !convert::takes_null(field);
    if (oneof == nullptr || absent) return;
    const auto [other, is_only] = given.oneofs.emplace(oneof, member.name);
    if (!is_only) refuse('\'' + other->second + "' and '" + member.name + "' are of one oneof");
}

void Parting::part_fields(Value& object, const Type& type, Packing packing) {
    Given given;
    std::vector<Member> known;
    for (auto& member : object.members) {
        const bool is_type = packing == Packing::in_any && member.name == kUrlKey;
        const auto* field = is_type ? nullptr : find_field(type, member.name);
        if (is_type) known.insert(known.begin(), member);
        if (!field) {
            if (!is_type) add_unknown(member.name, std::move(member.value), member.name);
            continue;
        }
        note_given(member, *field, given);
        if (member.value.kind == Kind::null && (field->is_repeated() || !convert::takes_null(*field))) continue;
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
    if (field.is_map()) return part_map(value, field, strange);
    if (field.is_repeated()) return part_list(value, field, strange);
    if (!part_one(value, field)) strange.push_back(std::move(value));
}

bool Parting::part_element(std::string step, Value& value, const Field& field, Values& strange) {
    path_.push_back(std::move(step));
    const bool null = value.kind == Kind::null && !convert::takes_null(field);
    if (null) refuse("null is no element");
    const bool stays = null || part_one(value, field);
    if (!stays) strange.push_back(std::move(value));
    path_.pop_back();
    return stays;
}

void Parting::part_list(Value& list, const Field& field, Values& strange) {
    if (!expect(list, Kind::list, "list")) return;
    std::vector<Value> known;
    for (auto& item : list.items) {
        if (part_element('[' + std::to_string(known.size()) + ']', item, field, strange))
            known.push_back(std::move(item));
    }
    list.items = std::move(known);
}

void Parting::part_map(Value& map, const Field& field, Values& strange) {
    if (!expect(map, Kind::object, "map")) return;
    const auto& entry_type = *field.message_type();
    std::vector<Member> known;
    std::set<std::string> keys;
    for (auto& entry : map.members) {
        auto key = spell_key(entry.name, *entry_type.map_key());
        if (!key) return refuse(key.error().message());
        if (!keys.insert(*key).second) refuse("the key " + convert::to_quoted_text(*key) + " is there several times");
        entry.name = *std::move(key);
        if (part_element(entry.name, entry.value, *entry_type.map_value(), strange)) known.push_back(std::move(entry));
    }
    map.members = std::move(known);
}

bool Parting::part_one(Value& value, const Field& field) {
    if (field.message_type()) return part_message(value, *field.message_type()), true;
    check(spell_scalar(value, field));
    const auto* names = field.enum_type();
    const bool strange = names && value.kind == Kind::text && !names->FindValueByName(value.text);
    if (!strange) return true;
    if (is_closed(*names)) return false;
    unknown_.push_back({What::enum_name, path_, {{}, Naming::field, std::move(value)}});
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
