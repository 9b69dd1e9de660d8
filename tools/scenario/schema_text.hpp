#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// JSON to be written: a scalar, a list, or an object whose members keep their order.
class SchemaText {
  public:
    using Members = std::vector<std::pair<std::string, SchemaText>>;

    static SchemaText text(std::string_view text);
    static SchemaText number(long long number);
    static SchemaText boolean(bool boolean);
    static SchemaText list(std::vector<SchemaText> items);
    static SchemaText texts(std::initializer_list<std::string_view> texts);
    static SchemaText object(Members members = {});

    /// Preconditions: it is an object.
    void set(std::string name, SchemaText value) { members_.emplace_back(std::move(name), std::move(value)); }
    bool has_members() const { return !members_.empty(); }

    /// Over several lines, indented by two.
    std::string render() const { return render(0) + '\n'; }

  private:
    enum class Kind { scalar, list, object };
    explicit SchemaText(Kind kind) : kind_(kind) {}
    std::string render(std::size_t indent) const;

    Kind kind_;
    std::string scalar_;
    std::vector<SchemaText> items_;
    Members members_;
};

}  // namespace understudy::scenario
