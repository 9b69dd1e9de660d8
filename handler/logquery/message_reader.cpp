#include "handler/logquery/message_reader.hpp"

#include "handler/logquery/utf8.hpp"

#include <algorithm>

namespace understudy::logquery {

/// Appends the line at `offset` without its line end; returns where the next one begins.
std::uint64_t MessageReader::append_line(std::uint64_t offset) {
    const std::size_t start = text_.size();
    while (true) {
        const std::string_view bytes = blocks_.bytes(offset, 1);
        if (bytes.empty()) break;
        const std::size_t newline = bytes.find('\n');
        const std::string_view piece = bytes.substr(0, newline);
        text_.append(piece.substr(0, kLongestMessage - text_.size()));
        offset += piece.size();
        if (newline != std::string_view::npos) {
            ++offset;
            break;
        }
    }
    if (text_.size() > start && text_.size() < kLongestMessage && text_.back() == '\r') text_.pop_back();
    return offset;
}

Message MessageReader::read() {
    const MessageStart start = *next_;
    text_.clear();
    std::uint64_t offset = append_line(start.offset);
    const std::size_t first_line_end = text_.size();
    next_.reset();
    while (!next_ && offset < blocks_.size()) {
        if (const auto time = parse_time(blocks_.bytes(offset, kTimeLookahead))) {
            next_ = MessageStart{offset, *time};
        } else {
            if (text_.size() < kLongestMessage) text_.push_back('\n');
            offset = append_line(offset);
        }
    }
    if (text_.size() == kLongestMessage) text_.resize(cut_utf8(text_, kLongestMessage - 1).size());
    const std::string_view first_line = std::string_view(text_).substr(0, first_line_end);
    Message message{.offset = start.offset, .parts = parse_log_line(first_line).value_or(LogLine{})};
    message.parts.time = start.time;
    message.parts.text = std::string_view(text_).substr(first_line.size() - message.parts.text.size());
    return message;
}

}  // namespace understudy::logquery
