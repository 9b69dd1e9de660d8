#pragma once

#include "emulator/emulator.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// Keeps what the emulator's thread tells of a function, for whoever asks in another one.
class Observed : public Observer {
  public:
    void on_event(std::string_view function, std::string_view request_id, std::string_view event) override;
    void on_log(std::string_view function, std::string_view lines) override;
    void on_advice(std::string_view id, std::string_view text) override;

    /// Waits a moment for what is written behind a reply: the function's last lines, and REPORT.
    std::vector<std::string> log() const;
    std::vector<std::string> events() const;

  private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<std::string> events_;
    std::vector<std::string> lines_;
    std::size_t reports_ = 0;
};

}  // namespace understudy
