#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <cstdint>

namespace understudy::app::templates {
namespace {

/// FNV-1a, then the mixer of SplitMix64: near names give ids that differ everywhere.
std::uint64_t hash(std::string_view name, std::uint64_t salt) {
    std::uint64_t state = 0xcbf29ce484222325U ^ salt;
    for (const char c : name) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    state ^= state >> 30U;
    state *= 0xbf58476d1ce4e5b9U;
    state ^= state >> 27U;
    state *= 0x94d049bb133111ebU;
    return state ^ (state >> 31U);
}

/// The parts of a text between separators that stand outside `${…}`.
std::vector<std::string_view> split_outside_variables(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("${")) ++depth;
        if (text[i] == '}' && depth > 0) --depth;
        if (text[i] != separator || depth != 0) continue;
        parts.push_back(text.substr(begin, i - begin));
        begin = i + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

}  // namespace

std::string make_id(std::string_view name, std::size_t length) {
    constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string id;
    for (std::uint64_t block = 1; id.size() < length; ++block) {
        std::uint64_t rest = hash(name, block * 0x9e3779b97f4a7c15U);
        for (int i = 0; i < 12 && id.size() < length; ++i, rest /= kDigits.size()) id += kDigits[rest % kDigits.size()];
    }
    return id;
}

std::string absolute_path(std::string_view folder, std::string_view path) {
    std::string whole(path);
    if (!path.starts_with('/')) whole = std::string(folder) + '/' + whole;
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= whole.size();) {
        const std::size_t end = std::min(whole.find('/', begin), whole.size());
        const std::string_view part = std::string_view(whole).substr(begin, end - begin);
        if (part == "..") {
            if (!parts.empty()) parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        begin = end + 1;
    }
    std::string absolute;
    for (const std::string_view part : parts) absolute.append("/").append(part);
    return absolute.empty() ? "/" : absolute;
}

std::string folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return "/";
    return std::string(path.substr(0, slash));
}

std::string to_base64(std::string_view text) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            const bool padding = i + k > text.size();
            out += padding ? '=' : kAlphabet[group >> (18U - 6U * k) & 63U];
        }
    }
    return out;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::string to_upper(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

std::string unquote(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '\'' && text.back() == '\'';
    return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

LambdaTarget parse_lambda_target(std::string_view text) {
    LambdaTarget target;
    if (const std::size_t path = text.find(":lambda:path/"); path != std::string_view::npos) {
        const std::size_t functions = text.find("/functions/", path);
        if (functions == std::string_view::npos) return target;
        text.remove_prefix(functions + std::string_view("/functions/").size());
        for (const std::string_view end : {"/response-streaming-invocations", "/invocations"}) {
            if (!text.ends_with(end)) continue;
            if (end != "/invocations") target.transfer = TransferMode::stream;
            text.remove_suffix(end.size());
            break;
        }
    }
    std::string_view name = text;
    if (const std::size_t at = text.find("function:"); at != std::string_view::npos) {
        name = text.substr(at + std::string_view("function:").size());
    } else if (text.starts_with("arn:")) {
        return target;
    }
    const auto parts = split_outside_variables(name, ':');
    if (parts.size() > 2) return target;
    target.function = parts[0];
    if (parts.size() == 2) target.qualifier = parts[1];
    return target;
}

}  // namespace understudy::app::templates
