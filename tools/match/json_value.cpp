#include "tools/match/json_value.hpp"

#include "tools/convert/json_text.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/system/error_code.hpp>

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace understudy::match {

namespace {

constexpr std::size_t kMostDepth = 1'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// As parsers have it: of members of one name the last counts, at the place of the first. Returns a name that came
// again, if any did.
std::optional<std::string> keep_last(std::vector<Member>& members) {
    std::optional<std::string> repeated;
    if (members.size() < 2) return repeated;
    std::unordered_map<std::string_view, std::size_t> places;
    std::vector<Member> kept;
    kept.reserve(members.size());
    for (auto& member : members) {
        // The key's text is that of the kept member, which moves no more.
        const auto known = places.find(member.name);
        if (known != places.end()) {
            kept[known->second].value = std::move(member.value);
            repeated = std::move(member.name);
            continue;
        }
        kept.push_back(std::move(member));
        places.emplace(kept.back().name, kept.size() - 1);
    }
    members = std::move(kept);
    return repeated;
}

// Builds the tree itself, so that numbers keep their digits.
class TreeBuilder {
  public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Error = boost::system::error_code&;
    using Text = boost::json::string_view;

    /// Numbers are taken from where they stand in `written`, which `parsed` differs from in nothing but digits.
    void take_numbers_from(std::string_view written, std::string_view parsed) {
        written_ = written;
        parsed_ = parsed;
    }

    Value take() { return std::move(root_); }
    /// A key that an object has several times.
    const std::optional<std::string>& repeated() const { return repeated_; }

    bool on_document_begin(Error) { return true; }
    bool on_document_end(Error) { return true; }
    bool on_object_begin(Error) { return open(Kind::object); }
    bool on_object_end(std::size_t, Error) { return close(); }
    bool on_array_begin(Error) { return open(Kind::list); }
    bool on_array_end(std::size_t, Error) { return close(); }
    bool on_key_part(Text part, std::size_t, Error) { return append(part); }
    bool on_key(Text part, std::size_t, Error) {
        append(part);
        key_ = std::exchange(pending_, {});
        return true;
    }
    bool on_string_part(Text part, std::size_t, Error) { return append(part); }
    bool on_string(Text part, std::size_t, Error) {
        append(part);
        return add(make_text(std::exchange(pending_, {})));
    }
    bool on_number_part(Text part, Error) { return append(to_written(part)); }
    bool on_int64(std::int64_t, Text part, Error) { return add_number(part); }
    bool on_uint64(std::uint64_t, Text part, Error) { return add_number(part); }
    bool on_double(double, Text part, Error) { return add_number(part); }
    bool on_bool(bool value, Error) { return add(make_boolean(value)); }
    bool on_null(Error) { return add(make_null()); }
    bool on_comment_part(Text, Error) { return true; }
    bool on_comment(Text, Error) { return true; }

  private:
    bool append(Text part) {
        pending_.append(part.data(), part.size());
        return true;
    }
    Text to_written(Text part) const {
        if (parsed_.empty()) return part;
        const auto digits = written_.substr(static_cast<std::size_t>(part.data() - parsed_.data()), part.size());
        return {digits.data(), digits.size()};
    }
    bool add_number(Text part) {
        append(to_written(part));
        return add(make_number(std::exchange(pending_, {})));
    }
    bool open(Kind kind) {
        names_.push_back(std::exchange(key_, {}));
        Value value;
        value.kind = kind;
        open_.push_back(std::move(value));
        return true;
    }
    bool close() {
        Value value = std::move(open_.back());
        open_.pop_back();
        key_ = std::move(names_.back());
        names_.pop_back();
        if (auto repeated = keep_last(value.members)) repeated_ = std::move(repeated);
        return add(std::move(value));
    }
    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (open_.back().kind == Kind::list) {
            open_.back().items.push_back(std::move(value));
        } else {
            const auto naming = to_naming(key_);
            open_.back().members.push_back({std::exchange(key_, {}), naming, std::move(value)});
        }
        return true;
    }

    Value root_;
    std::vector<Value> open_;
    std::vector<std::string> names_;
    std::string key_;
    std::string pending_;
    std::optional<std::string> repeated_;
    std::string_view written_, parsed_;
};

/// Boost counts exponents in 32 bits, and JSON does not: those of ten digits and more, outside of texts, are zeros.
std::string without_long_exponents(std::string_view text) {
    constexpr std::size_t kLong = 10;
    std::string out(text);
    bool in_text = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (in_text && out[i] == '\\') {
            ++i;
            continue;
        }
        if (out[i] == '"') in_text = !in_text;
        const bool exponent = !in_text && i > 0 && (out[i] == 'e' || out[i] == 'E') && is_digit(out[i - 1]);
        if (!exponent) continue;
        auto begin = i + 1;
        if (begin < out.size() && (out[begin] == '-' || out[begin] == '+')) ++begin;
        auto end = begin;
        while (end < out.size() && is_digit(out[end])) ++end;
        if (end - begin >= kLong) out.replace(begin, end - begin, end - begin, '0');
    }
    return out;
}

}  // namespace

source::Result<Value> parse_json(std::string_view text, RepeatedKeys repeated) {
    boost::json::parse_options options;
    options.max_depth = kMostDepth;
    options.allow_invalid_utf8 = true;
    boost::json::basic_parser<TreeBuilder> parser(options);
    boost::system::error_code error;
    auto used = parser.write_some(false, text.data(), text.size(), error);
    std::string shortened;
    if (error == boost::json::error::exponent_overflow) {
        shortened = without_long_exponents(text);
        parser.reset();
        parser.handler() = TreeBuilder();
        parser.handler().take_numbers_from(text, shortened);
        error.clear();
        used = parser.write_some(false, shortened.data(), shortened.size(), error);
    }
    if (!error && used < text.size()) error = boost::json::error::extra_data;
    if (error)
        return source::Problem(source::ProblemCode::malformed,
                               "not JSON: " + error.message() + " at byte " + std::to_string(used));
    if (const auto& key = parser.handler().repeated(); key && repeated == RepeatedKeys::refused)
        return source::Problem(source::ProblemCode::malformed,
                               "the key " + convert::to_quoted_text(*key) + " is there several times");
    return parser.handler().take();
}

}  // namespace understudy::match
