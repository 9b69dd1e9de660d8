#include "handler/runtime/reply_parser.hpp"

#include <strings.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace understudy::runtime {

namespace {

constexpr std::uint32_t kMostHeaderBytes = 2 * 1024 * 1024;
/// Far above Lambda's 6 MB: only keeps a nonsense length from being allocated.
constexpr std::uint64_t kMostBodyBytes = 1024ULL * 1024 * 1024;
constexpr int kFirstFinalStatus = 200;

}  // namespace

/// What the C parser calls.
struct ReplyParserCallbacks {
    static ReplyParser& self(http_parser* parser) { return *static_cast<ReplyParser*>(parser->data); }

    static int on_header_field(http_parser* parser, const char* bytes, std::size_t size) {
        ReplyParser& me = self(parser);
        auto& headers = me.reply_.headers;
        if (headers.empty() || me.is_in_value_) headers.emplace_back();
        me.is_in_value_ = false;
        headers.back().first.append(bytes, size);
        return 0;
    }
    static int on_header_value(http_parser* parser, const char* bytes, std::size_t size) {
        ReplyParser& me = self(parser);
        if (me.reply_.headers.empty()) return 0;
        me.is_in_value_ = true;
        me.reply_.headers.back().second.append(bytes, size);
        return 0;
    }
    static int on_headers_complete(http_parser* parser) {
        constexpr int kRefuse = -1;
        return self(parser).accept_headers() ? 0 : kRefuse;
    }
    static int on_body(http_parser* parser, const char* bytes, std::size_t size) {
        self(parser).append({bytes, size});
        return 0;
    }
    static int on_message_complete(http_parser* parser) {
        self(parser).finish();
        http_parser_pause(parser, 1);
        return 0;
    }
    static const http_parser_settings& settings() {
        static const http_parser_settings kSettings = [] {
            http_parser_settings settings;
            http_parser_settings_init(&settings);
            settings.on_header_field = on_header_field;
            settings.on_header_value = on_header_value;
            settings.on_headers_complete = on_headers_complete;
            settings.on_body = on_body;
            settings.on_message_complete = on_message_complete;
            return settings;
        }();
        return kSettings;
    }
};

const std::string* Reply::find_header(std::string_view name) const {
    const auto found = std::ranges::find_if(headers, [name](const auto& line) {
        return line.first.size() == name.size() && strncasecmp(line.first.data(), name.data(), name.size()) == 0;
    });
    return found == headers.end() ? nullptr : &found->second;
}

ReplyParser::ReplyParser() {
    http_parser_set_max_header_size(kMostHeaderBytes);
    begin();
}

void ReplyParser::begin() {
    http_parser_init(&parser_, HTTP_RESPONSE);
    parser_.data = this;
    reply_.status = 0;
    reply_.headers.clear();
    reply_.body = {};
    filled_ = length_ = 0;
    has_length_ = is_in_value_ = has_begun_ = is_complete_ = keeps_alive_ = has_excess_ = false;
}

std::size_t ReplyParser::execute(std::string_view bytes) {
    const std::size_t used =
        http_parser_execute(&parser_, &ReplyParserCallbacks::settings(), bytes.data(), bytes.size());
    const http_errno error = HTTP_PARSER_ERRNO(&parser_);
    if (error != HPE_OK && error != HPE_PAUSED) {
        throw MalformedReply(std::string("the Runtime API's reply is broken: ") + http_errno_description(error));
    }
    return used;
}

void ReplyParser::feed(std::string_view bytes) {
    while (!bytes.empty() && !is_complete_) {
        has_begun_ = true;
        bytes.remove_prefix(execute(bytes));
        if (is_complete_ && reply_.status < kFirstFinalStatus) begin();
    }
    has_excess_ = !bytes.empty();
}

void ReplyParser::end() {
    if (!is_complete_) execute({});
    if (!is_complete_) throw MalformedReply("the Runtime API broke off within a reply");
}

std::span<char> ReplyParser::room() {
    if (is_complete_ || !has_length_) return {};
    return {storage_.data() + filled_, length_ - filled_};
}

void ReplyParser::advance(std::size_t size) {
    filled_ += size;
    if (filled_ == length_) finish();
}

bool ReplyParser::accept_headers() {
    reply_.status = static_cast<int>(parser_.status_code);
    keeps_alive_ = http_should_keep_alive(&parser_) != 0;
    has_length_ = parser_.content_length != std::numeric_limits<std::uint64_t>::max();
    if (!has_length_) return true;
    if (parser_.content_length > kMostBodyBytes) return false;
    length_ = parser_.content_length;
    if (storage_.size() < length_) storage_.resize(length_);
    return true;
}

void ReplyParser::append(std::string_view bytes) {
    if (storage_.size() < filled_ + bytes.size()) storage_.resize(std::max(filled_ + bytes.size(), 2 * filled_));
    std::memcpy(storage_.data() + filled_, bytes.data(), bytes.size());
    filled_ += bytes.size();
}

void ReplyParser::finish() {
    reply_.body = std::string_view(storage_).substr(0, filled_);
    is_complete_ = true;
}

}  // namespace understudy::runtime
