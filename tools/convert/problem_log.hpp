#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/convert/field_path.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::convert {

/// The problems of a conversion, each told with the field that it was met in.
class ProblemLog {
  public:
    void add(source::Problem problem);
    /// A problem with the value at the current path, where `type` was expected.
    void refuse(source::Node node, source::Problem problem, std::string_view type);
    /// The value is of the wrong kind: no mapping, no sequence.
    void refuse_shape(source::Node node, std::string_view shape, std::string hint, std::string_view type);
    void check(source::Node node, const source::Result<void>& result, std::string_view type);

    bool empty() const { return problems_.empty(); }
    /// All problems, in the order of their places.
    std::vector<source::Problem> take() &&;

    FieldPath& path() { return path_; }

  private:
    std::vector<source::Problem> problems_;
    FieldPath path_;
};

}  // namespace understudy::convert
