#include "tools/report/json.hpp"

#include "emulator/source/text.hpp"

namespace understudy::report {

std::string to_json(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out = "\"";
    while (!text.empty()) {
        const auto character = source::decode_character(text);
        if (character.code == source::kNotUtf8) {
            out += "\xEF\xBF\xBD";
        } else if (character.code == U'"' || character.code == U'\\') {
            out.append(1, '\\').append(1, text.front());
        } else if (character.code == U'\n') {
            out += "\\n";
        } else if (character.code < 0x20 || character.code == 0x7F) {
            out.append("\\u00").append(1, kDigits[character.code >> 4]).append(1, kDigits[character.code & 15]);
        } else {
            out += text.substr(0, character.width);
        }
        text.remove_prefix(character.width);
    }
    return out + '"';
}

std::string to_json_list(const std::vector<std::string>& items) {
    std::string out;
    for (const auto& item : items) (out += out.empty() ? "[" : ",") += item;
    return out.empty() ? "[]" : out + ']';
}

std::string to_json(const std::vector<std::string>& texts) {
    std::vector<std::string> items;
    for (const auto& text : texts) items.push_back(to_json(text));
    return to_json_list(items);
}

}  // namespace understudy::report
