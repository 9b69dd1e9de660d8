#include "tools/scenario/schema_text.hpp"

#include "tools/convert/json_text.hpp"

namespace understudy::scenario {

SchemaText SchemaText::text(std::string_view text) {
    SchemaText value(Kind::scalar);
    value.scalar_ = convert::to_quoted_text(text);
    return value;
}

SchemaText SchemaText::number(long long number) {
    SchemaText value(Kind::scalar);
    value.scalar_ = std::to_string(number);
    return value;
}

SchemaText SchemaText::boolean(bool boolean) {
    SchemaText value(Kind::scalar);
    value.scalar_ = boolean ? "true" : "false";
    return value;
}

SchemaText SchemaText::list(std::vector<SchemaText> items) {
    SchemaText value(Kind::list);
    value.items_ = std::move(items);
    return value;
}

SchemaText SchemaText::texts(std::initializer_list<std::string_view> texts) {
    SchemaText value(Kind::list);
    for (const auto text : texts) value.items_.push_back(SchemaText::text(text));
    return value;
}

SchemaText SchemaText::object(Members members) {
    SchemaText value(Kind::object);
    value.members_ = std::move(members);
    return value;
}

std::string SchemaText::render(std::size_t indent) const {
    constexpr std::size_t kStep = 2;
    const std::string line = '\n' + std::string(indent + kStep, ' ');
    std::string inner;
    for (const auto& item : items_) inner += (inner.empty() ? "" : ", ") + item.render(indent);
    for (const auto& [name, value] : members_)
        inner +=
            (inner.empty() ? "" : ",") + line + convert::to_quoted_text(name) + ": " + value.render(indent + kStep);
    if (kind_ == Kind::scalar) return scalar_;
    if (kind_ == Kind::list) return '[' + inner + ']';
    return inner.empty() ? "{}" : '{' + inner + '\n' + std::string(indent, ' ') + '}';
}

}  // namespace understudy::scenario
