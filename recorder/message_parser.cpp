#include "recorder/message_parser.hpp"

#include <http_parser.h>

namespace understudy::recorder {
namespace {

/// Runtimes send stack traces of up to 1 MiB in one header.
constexpr std::uint32_t kMostHeaderBytes = 4 * 1024 * 1024;
constexpr int kFirstFinalStatus = 200;

}  // namespace

struct MessageParser::State {
    State(Direction way, MessageSink& to) : direction(way), sink(to) {
        http_parser_set_max_header_size(kMostHeaderBytes);
        http_parser_init(&parser, direction == Direction::requests ? HTTP_REQUEST : HTTP_RESPONSE);
        parser.data = this;
    }

    static State& self(http_parser* parser) { return *static_cast<State*>(parser->data); }
    static int on_begin(http_parser* parser) {
        State& me = self(parser);
        me.head = {};
        me.trailers = {};
        me.in_trailers = false;
        return 0;
    }
    static int on_url(http_parser* parser, const char* bytes, std::size_t size) {
        self(parser).head.target.append(bytes, size);
        return 0;
    }
    static int on_field(http_parser* parser, const char* bytes, std::size_t size) {
        State& me = self(parser);
        if (me.in_value) me.flush();
        me.name.append(bytes, size);
        return 0;
    }
    static int on_value(http_parser* parser, const char* bytes, std::size_t size) {
        State& me = self(parser);
        me.in_value = true;
        me.value.append(bytes, size);
        return 0;
    }
    static int on_headers_complete(http_parser* parser) {
        State& me = self(parser);
        me.flush();
        if (me.direction == Direction::requests) {
            me.head.method = http_method_str(static_cast<http_method>(parser->method));
        } else {
            me.head.status = parser->status_code;
        }
        me.in_trailers = true;
        me.counts = me.direction == Direction::requests || me.head.status >= kFirstFinalStatus;
        if (me.counts) me.sink.on_head(me.head);
        return 0;
    }
    static int on_body(http_parser* parser, const char* bytes, std::size_t size) {
        self(parser).sink.on_body({bytes, size});
        return 0;
    }
    static int on_complete(http_parser* parser) {
        State& me = self(parser);
        me.flush();
        if (me.counts) me.sink.on_end(me.trailers);
        return 0;
    }
    static const http_parser_settings& settings() {
        static const http_parser_settings kSettings = [] {
            http_parser_settings settings;
            http_parser_settings_init(&settings);
            settings.on_message_begin = on_begin;
            settings.on_url = on_url;
            settings.on_header_field = on_field;
            settings.on_header_value = on_value;
            settings.on_headers_complete = on_headers_complete;
            settings.on_body = on_body;
            settings.on_message_complete = on_complete;
            return settings;
        }();
        return kSettings;
    }

    void flush() {
        if (!name.empty()) (in_trailers ? trailers : head.headers).add(name, value);
        name.clear();
        value.clear();
        in_value = false;
    }

    Direction direction;
    MessageSink& sink;
    http_parser parser{};
    MessageHead head;
    http::Headers trailers;
    std::string name, value;
    bool in_value = false;
    bool in_trailers = false;
    bool counts = false;  ///< The message at hand is none that only announces another.
    bool broken = false;
};

MessageParser::MessageParser(Direction direction, MessageSink& sink)
    : state_(std::make_unique<State>(direction, sink)) {}

MessageParser::~MessageParser() = default;

bool MessageParser::feed(std::string_view bytes) {
    if (state_->broken || bytes.empty()) return !state_->broken;
    const std::size_t used = http_parser_execute(&state_->parser, &State::settings(), bytes.data(), bytes.size());
    state_->broken = HTTP_PARSER_ERRNO(&state_->parser) != HPE_OK || used != bytes.size() || state_->parser.upgrade;
    return !state_->broken;
}

bool MessageParser::end() {
    if (state_->broken) return false;
    http_parser_execute(&state_->parser, &State::settings(), nullptr, 0);
    state_->broken = HTTP_PARSER_ERRNO(&state_->parser) != HPE_OK;
    return !state_->broken;
}

}  // namespace understudy::recorder
