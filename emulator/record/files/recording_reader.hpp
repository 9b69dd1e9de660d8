#pragma once

#include "emulator/record/exchange.hpp"
#include "emulator/record/files/line_reader.hpp"
#include "emulator/source/problem.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::record {

/// An exchange, the session it belongs to, and where it stands.
struct Recorded {
    Exchange exchange;
    std::shared_ptr<const Session> session;  ///< The nearest above it; null where there is none.
    std::string file;
    std::uint32_t line = 0;
};

/// Reads a recording of any length, exchange by exchange.
class RecordingReader {
  public:
    /// `-` is standard input. Errors: not_found, unreadable.
    static source::Result<RecordingReader> open(const std::string& file);

    /// The next exchange; nullopt at the end. A line that a kill tore off is a warning: the last one, or one before a
    /// session that went on with the file.
    /// Errors: malformed, with file, line and column, for any other line that is none; reading may go on behind it.
    /// unreadable.
    source::Result<std::optional<Recorded>> next();

    const std::vector<source::Problem>& warnings() const { return warnings_; }
    /// The last that was read; null before the first.
    const std::shared_ptr<const Session>& session() const { return session_; }

  private:
    RecordingReader(LineReader lines, std::string file) : lines_(std::move(lines)), file_(std::move(file)) {}

    using Next = source::Result<std::optional<Recorded>>;
    Next read_next();
    bool is_before_session();

    LineReader lines_;
    std::string file_;
    int looking_ahead_ = 0;
    std::optional<Next> held_;  ///< Read already, behind a line that is none.
    std::shared_ptr<const Session> session_;
    std::vector<source::Problem> warnings_;
};

}  // namespace understudy::record
