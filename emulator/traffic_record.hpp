#pragma once

#include "emulator/app/application.hpp"
#include "emulator/record/files/recording_file.hpp"
#include "emulator/record/redaction.hpp"
#include "emulator/recording_settings.hpp"
#include "emulator/source/problem.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

/// Takes exchanges to the disk, redacted. That the disk refuses is told, and that it no longer does; it stops nobody.
class TrafficRecord {
  public:
    using OnProblem = std::function<void(const source::Problem&)>;

    TrafficRecord(const RecordingSettings& settings, std::optional<std::uint64_t> seed, OnProblem on_problem);

    /// Errors: those of `record::RecordingFile::open`.
    source::Result<void> open();
    /// From here on these functions are at work.
    void begin_session(const app::Application& application);
    void write(std::vector<record::Exchange>&& exchanges);

  private:
    void tell(const std::optional<source::Problem>& problem) const;

    std::string path_;
    std::string program_;
    std::string template_sha256_;
    std::optional<std::uint64_t> seed_;
    record::Redactor redactor_;
    record::RecordingFile file_;
    OnProblem on_problem_;
    std::string lines_;  ///< Of one turn; kept for its room.
};

}  // namespace understudy
