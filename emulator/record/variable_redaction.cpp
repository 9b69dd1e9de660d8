#include "emulator/record/variable_redaction.hpp"

#include "emulator/record/body_redaction.hpp"
#include "emulator/record/json_cursor.hpp"
#include "emulator/record/redaction.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <vector>

namespace understudy::record {
namespace {

constexpr std::array<std::string_view, 8> kAnywhere = {"SECRET", "TOKEN",      "PASSWORD",   "PASSWD",
                                                       "KEY",    "CREDENTIAL", "PASSPHRASE", "PASSCODE"};
constexpr std::array<std::string_view, 11> kWords = {"PASS",          "PWD", "PW",  "CRED",   "CREDS", "AUTH",
                                                     "AUTHORIZATION", "JWT", "PAT", "COOKIE", "SALT"};

std::string to_upper(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return upper;
}

/// `dbPwd`, `db-pwd` and `DB_PWD` are two words.
bool begins_word(std::string_view name, std::size_t at) {
    const auto is_lower = [&](std::size_t i) { return std::islower(static_cast<unsigned char>(name[i])) != 0; };
    const auto is_word = [&](std::size_t i) { return std::isalpha(static_cast<unsigned char>(name[i])) != 0; };
    return at == 0 || !is_word(at - 1) || (is_lower(at - 1) && !is_lower(at));
}

bool has_word(std::string_view name) {
    for (std::size_t begin = 0; begin < name.size();) {
        std::size_t end = begin + 1;
        while (end < name.size() && std::isalpha(static_cast<unsigned char>(name[end])) && !begins_word(name, end))
            ++end;
        if (std::ranges::find(kWords, to_upper(name.substr(begin, end - begin))) != kWords.end()) return true;
        begin = end;
    }
    return false;
}

void redact_user_info(std::string& value) {
    for (auto at = value.find("://"); at != std::string::npos; at = value.find("://", at + 3)) {
        const auto begin = at + 3;
        const auto end = std::min(value.find_first_of("/?# \t\r\n\"'", begin), value.size());
        const auto host = std::string_view(value).substr(begin, end - begin).rfind('@');
        if (host == std::string_view::npos || host == 0) continue;
        const auto colon = value.find(':', begin);
        const auto secret = colon < begin + host ? colon + 1 : begin;
        value.replace(secret, begin + host - secret, kRedacted);
    }
}

void redact_parameters(std::string& value) {
    for (auto equals = value.find('='); equals != std::string::npos; equals = value.find('=', equals + 1)) {
        auto begin = equals;
        const auto is_named = [&](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == ' '; };
        while (begin > 0 && is_named(static_cast<unsigned char>(value[begin - 1]))) --begin;
        if (!speaks_of_secrets(std::string_view(value).substr(begin, equals - begin))) continue;
        const auto end = std::min(value.find_first_of(";& \t\r\n\"'", equals), value.size());
        if (end > equals + 1) value.replace(equals + 1, end - equals - 1, kRedacted);
    }
}

/// Members of JSON, and of what is in it, whose names speak of secrets; whatever they hold but null.
void find_secret_members(JsonCursor& json, std::string_view text, std::vector<Edit>& edits) {
    std::string_view name;
    switch (json.peek()) {
        case '{':
            for (json.enter_object(); json.next_member(name);) {
                if (!speaks_of_secrets(name)) {
                    find_secret_members(json, text, edits);
                    continue;
                }
                const auto raw = json.read_raw();
                if (raw.empty() || raw == "null" || raw == "\"\"") continue;
                const auto begin = static_cast<std::size_t>(raw.data() - text.data());
                edits.push_back({begin, begin + raw.size(), '"' + std::string(kRedacted) + '"'});
            }
            return;
        case '[':
            for (json.enter_array(); json.next_item();) find_secret_members(json, text, edits);
            return;
        default:
            json.skip_value();
    }
}

void redact_json(std::string& value) {
    if (!looks_like_json(value)) return;
    JsonCursor json(value);
    std::vector<Edit> edits;
    find_secret_members(json, value, edits);
    apply_edits(value, edits);
}

}  // namespace

bool speaks_of_secrets(std::string_view name) {
    const std::string upper = to_upper(name);
    if (upper == "PWD") return false;
    return has_word(name) ||
           std::ranges::any_of(kAnywhere, [&](auto word) { return upper.find(word) != std::string::npos; });
}

void redact_variable(std::string_view name, std::string& value) {
    if (value.empty()) return;
    if (speaks_of_secrets(name)) {
        value = kRedacted;
        return;
    }
    redact_json(value);
    redact_user_info(value);
    redact_parameters(value);
}

}  // namespace understudy::record
