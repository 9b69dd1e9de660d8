#include "emulator/event/stream_reply.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/event/url_reply.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

/// Where the delimiter must have ended. Unverified: the size, and that it holds for function URLs too.
constexpr std::size_t kMaxPrelude = 16 * 1024;

Reply refuse_prelude(StreamFront front, std::string text) {
    Reply reply = refuse_reply("prelude", std::move(text) +
                                              " A stream of an HTTP integration begins with JSON (statusCode, headers, "
                                              "cookies) and eight NUL bytes; behind them all is body.");
    if (front == StreamFront::rest) reply.result = ReplyFailure::no_stream;
    return reply;
}

Reply render_raw_head(std::string_view content_type) {
    Reply reply;
    const std::string_view type = content_type.empty() ? "application/octet-stream" : content_type;
    reply.result = http::Response{200, {{"Content-Type", type}}, {}};
    return reply;
}

}  // namespace

std::optional<std::string_view> find_prelude(std::string_view reply) {
    const std::size_t found = reply.substr(0, kMaxPrelude).find(kPreludeEnd);
    return found == std::string_view::npos ? std::nullopt : std::optional(reply.substr(0, found));
}

StreamReply::StreamReply(StreamFront front, std::string_view content_type)
    : front_(front),
      has_prelude_(front == StreamFront::rest || media_type(content_type) == kHttpStreamType),
      content_type_(content_type) {}

StreamStep StreamReply::open(std::size_t prelude_size) {
    in_body_ = true;
    const std::string_view prelude = std::string_view(kept_).substr(0, prelude_size);
    StreamStep step;
    step.head = front_ == StreamFront::rest ? render_rest_stream_head(prelude) : render_url_stream_head(prelude);
    step.body = std::string_view(kept_).substr(prelude_size + kPreludeEnd.size());
    return step;
}

StreamStep StreamReply::feed(std::string_view bytes) {
    if (in_body_) return {std::nullopt, bytes};
    if (!has_prelude_) {
        in_body_ = true;
        return {render_raw_head(content_type_), bytes};
    }
    const std::size_t from = kept_.size() - std::min(kept_.size(), kPreludeEnd.size() - 1);
    kept_.append(bytes);
    const std::size_t found = kept_.find(kPreludeEnd, from);
    if (found <= kMaxPrelude - kPreludeEnd.size()) return open(found);
    if (kept_.size() < kMaxPrelude) return {};
    in_body_ = true;
    return {refuse_prelude(front_,
                           "The stream has no eight NUL bytes in its first " + std::to_string(kMaxPrelude) + " bytes."),
            {}};
}

StreamStep StreamReply::finish() {
    if (in_body_) return {};
    in_body_ = true;
    if (!has_prelude_) return {render_raw_head(content_type_), {}};
    return {refuse_prelude(front_, "The stream ended after " + std::to_string(kept_.size()) +
                                       " bytes without eight NUL bytes in it."),
            {}};
}

}  // namespace understudy::event
