#include "recorder/error_cause.hpp"

#include "emulator/record/json_cursor.hpp"

#include <utility>

namespace understudy::recorder {
namespace {

constexpr std::string_view kEmptyText = "\"\"";

/// A text as it is written; null, which stands for an absent one, is empty.
std::string read_text(record::JsonCursor& cursor) {
    const char first = cursor.peek();
    if (first != '"' && first != 'n') cursor.fail("this is no text");
    return first == '"' ? std::string(cursor.read_raw()) : (cursor.skip_value(), std::string(kEmptyText));
}

/// The elements of a list of texts, with commas between them; empty for null.
std::string read_texts(record::JsonCursor& cursor) {
    std::string texts;
    if (!cursor.enter_array()) return texts;
    while (cursor.next_item()) texts += (texts.empty() ? "" : ",") + read_text(cursor);
    return texts;
}

}  // namespace

CallersError without_cause(std::string_view posted) {
    record::JsonCursor cursor(posted);
    std::string message(kEmptyText), type(kEmptyText), stack;
    if (cursor.enter_object()) {
        std::string_view name;
        while (cursor.next_member(name)) {
            if (name == "errorMessage")
                message = read_text(cursor);
            else if (name == "errorType")
                type = read_text(cursor);
            else if (name == "stackTrace")
                stack = read_texts(cursor);
            else
                cursor.skip_value();
        }
    }
    cursor.expect_end();
    if (cursor.failed()) return {"\"Invalid error body\"", "application/octet-stream"};
    std::string document = R"({"errorMessage":)" + message + R"(,"errorType":)" + type;
    if (!stack.empty()) document += R"(,"stackTrace":[)" + stack + ']';
    return {std::move(document) + '}', "application/json"};
}

}  // namespace understudy::recorder
