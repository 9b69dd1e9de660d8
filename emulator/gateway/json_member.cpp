#include "emulator/gateway/json_member.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace understudy::gateway {
namespace {

/// Takes the events of Boost.JSON's parser and keeps the one string that is asked for.
class Finder {
  public:
    using Error = boost::json::error_code;
    using Text = boost::json::string_view;
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    explicit Finder(std::span<const std::string> path) : path_(path) {}
    std::optional<std::string> take() { return std::move(found_); }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&) {
        const bool leads_on = depth_ == 0 || (is_named_ && on_path_ < path_.size());
        on_scalar();
        if (leads_on) ++on_path_;
        return ++depth_, true;
    }
    bool on_object_end(std::size_t, Error&) { return leave(); }
    bool on_array_begin(Error&) { return on_scalar(), ++depth_, true; }
    bool on_array_end(std::size_t, Error&) { return leave(); }
    bool on_key_part(Text part, std::size_t, Error&) { return on_part(part); }
    bool on_key(Text part, std::size_t, Error&) {
        on_part(part);
        is_named_ = depth_ == on_path_ && on_path_ <= path_.size() && text_ == path_[on_path_ - 1];
        text_.clear();
        return true;
    }
    bool on_string_part(Text part, std::size_t, Error&) { return on_part(part); }
    bool on_string(Text part, std::size_t, Error&) {
        on_part(part);
        const bool asked_for = is_named_ && on_path_ == path_.size();
        on_scalar();
        if (asked_for) found_ = std::move(text_);
        text_.clear();
        return true;
    }
    bool on_number_part(Text, Error&) { return true; }
    bool on_int64(std::int64_t, Text, Error&) { return on_scalar(); }
    bool on_uint64(std::uint64_t, Text, Error&) { return on_scalar(); }
    bool on_double(double, Text, Error&) { return on_scalar(); }
    bool on_bool(bool, Error&) { return on_scalar(); }
    bool on_null(Error&) { return on_scalar(); }
    bool on_comment_part(Text, Error&) { return true; }
    bool on_comment(Text, Error&) { return true; }

  private:
    bool on_part(Text part) {
        text_.append(part.data(), part.size());
        return true;
    }

    /// A value begins: where it has the name that is asked for, it takes the place of what was found.
    bool on_scalar() {
        if (is_named_ && on_path_ == path_.size()) found_.reset();
        is_named_ = false;
        return true;
    }

    bool leave() {
        --depth_;
        on_path_ = std::min(on_path_, depth_);
        return true;
    }

    std::span<const std::string> path_;
    std::size_t depth_ = 0;
    std::size_t on_path_ = 0;  ///< So many of the containers around here, from the outermost, lead to the string.
    bool is_named_ = false;    ///< The next value has the next name of the path.
    std::string text_;
    std::optional<std::string> found_;
};

}  // namespace

std::optional<std::string> find_json_text(std::string_view json, std::span<const std::string> path) {
    if (path.empty()) return std::nullopt;
    boost::json::parse_options options;
    options.max_depth = 1000;
    boost::json::basic_parser<Finder> parser(options, path);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(false, json.data(), json.size(), error);
    if (error || read != json.size()) return std::nullopt;
    return parser.handler().take();
}

}  // namespace understudy::gateway
