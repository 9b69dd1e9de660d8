#include "handler/logquery/service.hpp"

#include "handler/logquery/block_reader.hpp"
#include "handler/logquery/log_file.hpp"
#include "handler/logquery/log_folder.hpp"
#include "handler/logquery/message_reader.hpp"
#include "handler/logquery/page.hpp"
#include "handler/logquery/pattern.hpp"
#include "handler/logquery/seek.hpp"
#include "handler/logquery/utf8.hpp"
#include "handler/logquery/window.hpp"

#include <string>
#include <utility>
#include <vector>

namespace understudy::logquery {
namespace {

/// Whether to look at the next day of the window.
enum class Search : std::uint8_t { go_on, stop };

wire::Status unreadable(const std::filesystem::path& path, std::error_code error) {
    return {wire::Code::failed_precondition, "the log file " + path.string() + " cannot be read: " + error.message()};
}

template <class Request>
wire::Status parse_window_of(const Request& request, Window& window) {
    return parse_window(request.has_time() ? &request.time() : nullptr,
                        request.has_tolerance() ? &request.tolerance() : nullptr, window);
}

/// Shows `visit` the log file of each day in the window, oldest first, until it says stop.
/// `visit(Day, DayWindow, BlockReader&) -> Search`
template <class Visit>
wire::Status visit_days(const std::filesystem::path& folder, const Window& window, Visit visit) {
    std::vector<Day> days;
    if (wire::Status status = list_days(folder, window, days); !status.ok()) return status;
    for (const Day day : days) {
        const std::filesystem::path path = folder / to_file_name(day);
        std::error_code error;
        const std::optional<LogFile> file = LogFile::open(path, error);
        if (error) return unreadable(path, error);
        if (!file) continue;
        BlockReader blocks(*file);
        const Search search = visit(day, to_day_window(window, day), blocks);
        if (blocks.error()) return unreadable(path, blocks.error());
        if (search == Search::stop) break;
    }
    return {};
}

void set_utf8(std::string& field, std::string_view bytes) {
    field.clear();
    append_utf8(field, bytes);
}

/// The text that the pattern sees: `text` itself where it is UTF-8 already, else `replaced`, which is filled.
std::string_view to_utf8(std::string_view text, std::string& replaced) {
    if (valid_length(text) == text.size()) return text;
    set_utf8(replaced, text);
    return replaced;
}

::logquery::v1::LogMessage to_log_message(Day day, const Message& message, std::string_view text) {
    ::logquery::v1::LogMessage out;
    write_timestamp(day + message.parts.time, *out.mutable_time());
    set_utf8(*out.mutable_level(), message.parts.level);
    set_utf8(*out.mutable_logger(), message.parts.logger);
    set_utf8(*out.mutable_thread(), message.parts.thread);
    out.set_text(std::string(cut_utf8(text, Page::kLongestText)));
    out.set_file(to_file_name(day));
    out.set_offset(message.offset);
    return out;
}

}  // namespace

LogQueryService::LogQueryService(std::filesystem::path folder) : folder_(std::move(folder)) {}

wire::Status LogQueryService::check_window(const ::logquery::v1::CheckWindowRequest& request,
                                           ::logquery::v1::CheckWindowResponse& response) const {
    Window window;
    if (wire::Status status = parse_window_of(request, window); !status.ok()) return status;
    bool found = false;
    const auto look = [&found](Day, DayWindow part, BlockReader& blocks) {
        const std::optional<MessageStart> first = find_first_at(blocks, part.first);
        found = first && first->time <= part.last;
        return found ? Search::stop : Search::go_on;
    };
    if (wire::Status status = visit_days(folder_, window, look); !status.ok()) return status;
    response.set_found(found);
    return {};
}

wire::Status LogQueryService::find_messages(const ::logquery::v1::FindMessagesRequest& request,
                                            ::logquery::v1::FindMessagesResponse& response,
                                            const wire::ReplyLimit& limit) const {
    Window window;
    if (wire::Status status = parse_window_of(request, window); !status.ok()) return status;
    Pattern pattern;
    if (wire::Status status = Pattern::parse(request.pattern(), pattern); !status.ok()) return status;
    Page page(request.limit(), limit);
    std::string replaced;
    const auto collect = [&](Day day, DayWindow part, BlockReader& blocks) {
        MessageReader messages(blocks, find_first_at(blocks, part.first));
        while (messages.next() && messages.next()->time <= part.last) {
            const Message message = messages.read();
            const std::string_view text = to_utf8(message.parts.text, replaced);
            if (!pattern.matches(text)) continue;
            if (!page.add(to_log_message(day, message, text))) return Search::stop;
        }
        return Search::go_on;
    };
    if (wire::Status status = visit_days(folder_, window, collect); !status.ok()) return status;
    response = page.take();
    return {};
}

}  // namespace understudy::logquery
