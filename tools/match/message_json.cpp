#include "tools/match/message_json.hpp"

#include "emulator/source/text.hpp"
#include "proto/json/message_json.hpp"
#include "tools/match/json_value.hpp"
#include "tools/match/known_part.hpp"
#include "tools/match/message_value.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace understudy::match {
namespace {

Value* find_part(Value& whole, const std::vector<std::string>& path) {
    auto* value = &whole;
    for (const auto& step : path) {
        if (value->kind == Kind::list) {
            const auto index = std::stoul(step.substr(1));
            if (index >= value->items.size()) return nullptr;
            value = &value->items[index];
        } else {
            const auto found =
                std::ranges::find_if(value->members, [&](const Member& member) { return member.name == step; });
            if (found == value->members.end()) return nullptr;
            value = &found->value;
        }
    }
    return value;
}

void add_unknown(Value& whole, Unknown unknown) {
    auto* place = find_part(whole, unknown.path);
    if (!place) return;
    if (unknown.what == Unknown::What::field)
        place->members.push_back(std::move(unknown.member));
    else
        *place = std::move(unknown.member.value);
}

source::Problem to_problem(const google::protobuf::util::Status& status) {
    auto why = std::string_view(status.message().data(), status.message().size());
    if (why.starts_with(": ")) why.remove_prefix(2);  // The empty path of what lacks a field.
    return {source::ProblemCode::malformed, std::string(why)};
}

}  // namespace

source::Result<MessageJson> read_message_json(std::string_view json, google::protobuf::Message& message) {
    if (!source::is_utf8(json)) return source::Problem(source::ProblemCode::malformed, "not UTF-8");
    auto written = parse_json(json, RepeatedKeys::refused);
    if (!written) return written.error();
    auto known = to_known_part(*std::move(written), *message.GetDescriptor());
    if (!known) return known.error();
    const auto status = protojson::parse_json(to_text(known->value), message);
    if (!status.ok()) return to_problem(status);
    MessageJson read{.value = to_value(message), .whole = known->unknown.empty()};
    for (auto& unknown : known->unknown) {
        read.named = read.named && unknown.what != Unknown::What::enum_name;
        add_unknown(read.value, std::move(unknown));
    }
    return read;
}

}  // namespace understudy::match
