#include "emulator/record/read_session.hpp"

#include "emulator/record/line_members.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {
namespace {

void read_variables(JsonCursor& json, std::map<std::string, std::string>& variables) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) json.read_text(variables[std::string(name)]);
}

void read_function(JsonCursor& json, Function& function) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (is_called(name, "name"))
            json.read_text(function.name);
        else if (is_called(name, "code_sha256"))
            json.read_text(function.code_sha256);
        else if (is_called(name, "environment"))
            read_variables(json, function.environment);
        else if (is_called(name, "handler"))
            json.read_text(function.handler);
        else if (is_called(name, "timeout_ms"))
            json.read_number(function.timeout_ms);
        else if (is_called(name, "memory_mb"))
            json.read_number(function.memory_mb);
        else if (is_called(name, "directory"))
            json.read_text(function.directory);
        else
            json.skip_value();
    }
}

void read_api(JsonCursor& json, Api& api) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (is_called(name, "id"))
            json.read_text(api.id);
        else if (is_called(name, "kind"))
            json.read_text(api.kind);
        else if (is_called(name, "name"))
            json.read_text(api.name);
        else if (is_called(name, "stages"))
            read_texts(json, api.stages);
        else if (is_called(name, "binary_media_types"))
            read_texts(json, api.binary_media_types);
        else if (is_called(name, "streams"))
            json.read_flag(api.streams);
        else if (is_called(name, "multi_value_headers"))
            json.read_flag(api.multi_value_headers);
        else if (is_called(name, "payload_format"))
            json.read_text(api.payload_format);
        else
            json.skip_value();
    }
}

void read_seed(JsonCursor& json, std::optional<std::uint64_t>& seed) {
    if (json.peek() == 'n') return json.skip_value();
    std::uint64_t number = 0;
    json.read_number(number);
    seed = number;
}

void read_functions(JsonCursor& json, std::vector<Function>& functions) {
    if (!json.enter_array()) return;
    while (json.next_item()) read_function(json, functions.emplace_back());
}

void read_apis(JsonCursor& json, std::vector<Api>& apis) {
    if (!json.enter_array()) return;
    while (json.next_item()) read_api(json, apis.emplace_back());
}

}  // namespace

void read_session(JsonCursor& json, Session& session) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (is_called(name, "format"))
            json.read_number(session.format);
        else if (is_called(name, "program"))
            json.read_text(session.program);
        else if (is_called(name, "started"))
            read_instant(json, session.started);
        else if (is_called(name, "seed"))
            read_seed(json, session.seed);
        else if (is_called(name, "template_sha256"))
            json.read_text(session.template_sha256);
        else if (is_called(name, "functions"))
            read_functions(json, session.functions);
        else if (is_called(name, "apis"))
            read_apis(json, session.apis);
        else
            json.skip_value();
    }
}

}  // namespace understudy::record
