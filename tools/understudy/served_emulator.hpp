#pragma once

#include "emulator/emulator.hpp"
#include "tools/replay/plan.hpp"
#include "tools/understudy/emulator_thread.hpp"

#include <memory>
#include <string>
#include <vector>

namespace understudy::cli {

/// An emulator on a thread of its own, for those that wait for replies.
/// Thread safety: once it is started, every function may be called in any thread.
class ServedEmulator {
  public:
    ServedEmulator() = default;
    ~ServedEmulator();
    ServedEmulator(const ServedEmulator&) = delete;
    ServedEmulator& operator=(const ServedEmulator&) = delete;

    /// Errors: those of `Emulator::start`.
    source::Result<replay::Doors> start(const Settings& settings);
    /// The doors of another application, which is served from then on.
    /// Errors: those of `Emulator::replace`; busy once it is being stopped.
    source::Result<std::vector<replay::Door>> replace(app::Application application);
    /// A result of nothing once it is being stopped.
    Emulator::Result invoke(const std::string& function, const Emulator::Call& call);

    /// Everything under way ends, and nothing begins any more.
    void stop();

  private:
    EmulatorThread thread_;
    Observer nobody_;
    std::unique_ptr<Emulator> emulator_;
    bool stopped_ = false;  ///< The thread's.
};

}  // namespace understudy::cli
