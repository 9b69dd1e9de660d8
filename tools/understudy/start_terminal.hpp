#pragma once

#include <array>

namespace understudy::cli {

/// The terminal that some of our standard streams were when this was made.
class StartTerminal {
  public:
    StartTerminal();

    /// Whether one of them has hung up since: its window was closed, its connection broke.
    bool is_gone() const;
    bool was_there() const;

  private:
    std::array<bool, 3> streams_;  ///< By descriptor.
};

/// Whether whoever started us wants SIGHUP to do nothing, as `nohup` does. To be asked before it is waited for.
bool ignores_hang_up();

}  // namespace understudy::cli
