#include "tools/replay/json_view.hpp"

#include "emulator/record/json_cursor.hpp"

namespace understudy::replay {
namespace {

/// The value at which the cursor stands.
JsonView take(record::JsonCursor& cursor, std::string_view text) {
    cursor.peek();
    const std::size_t begin = cursor.offset();
    cursor.skip_value();
    return JsonView(text.substr(begin, cursor.offset() - begin));
}

}  // namespace

std::string JsonView::text() const {
    if (!is_text()) return std::string(raw_);
    std::string text;
    record::JsonCursor(raw_).read_text(text);
    return text;
}

std::vector<std::pair<std::string, JsonView>> JsonView::members() const {
    std::vector<std::pair<std::string, JsonView>> members;
    record::JsonCursor cursor(raw_);
    if (!is_object() || !cursor.enter_object()) return members;
    for (std::string_view name; cursor.next_member(name);) {
        std::string kept(name);
        members.emplace_back(std::move(kept), take(cursor, raw_));
    }
    return members;
}

std::vector<JsonView> JsonView::items() const {
    std::vector<JsonView> items;
    record::JsonCursor cursor(raw_);
    if (!is_array() || !cursor.enter_array()) return items;
    while (cursor.next_item()) items.push_back(take(cursor, raw_));
    return items;
}

std::optional<JsonView> JsonView::find(std::string_view name) const {
    std::optional<JsonView> found;
    for (auto& [member, value] : members()) {
        if (member == name) found = value;
    }
    return found;
}

std::optional<JsonView> JsonView::find_path(std::initializer_list<std::string_view> path) const {
    std::optional<JsonView> found = *this;
    for (const std::string_view name : path) found = found ? found->find(name) : std::nullopt;
    return found;
}

std::string JsonView::text_of(std::string_view name) const {
    const auto found = find(name);
    return found && found->raw() != "null" ? found->text() : std::string();
}

}  // namespace understudy::replay
