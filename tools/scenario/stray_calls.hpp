#pragma once

#include "tools/scenario/run.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace understudy::scenario {

/// The calls of a run that go on behind the step that made them: an invocation of type `event`, or one whose client has
/// given up. What they receive and log then is none of a later step's.
///
/// Source: the lines START, END and REPORT of docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html.
/// Tested by: StrayCalls.*
class StrayCalls {
  public:
    /// A call of this request id goes on.
    void add(std::string_view id) { strays_.emplace(id); }
    /// Takes out of what was seen since the last time what such calls caused. Lines without a request id belong to the
    /// calls that have begun and not ended; to those of the step, where there are both.
    void take_out(Observed& observed);
    /// The step has ended; what has not will go on.
    void end_step() { strays_.insert(open_.begin(), open_.end()); }

  private:
    bool is_stray_line(std::string_view line);

    std::set<std::string, std::less<>> strays_;
    std::set<std::string, std::less<>> open_;  ///< Those with a START line and no REPORT yet.
};

}  // namespace understudy::scenario
