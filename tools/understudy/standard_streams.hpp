#pragma once

#include <iostream>
#include <streambuf>
#include <string>

namespace understudy::cli {

/// Puts something that refuses to be used in the place of standard streams that are closed: the next file that is
/// opened would have their number, and get what was meant for them. What uses them fails as before.
/// Tested by: TestCommand.AStandardOutputThatIsClosedIsToldAsSuch
void hold_standard_descriptors();

/// `std::cout` as long as it lives, and what kept it from being written: the stream itself only says that it failed.
class StandardOutput : private std::streambuf {
  public:
    StandardOutput() : before_(std::cout.rdbuf(this)) {}
    ~StandardOutput() override {
        std::cout.flush();
        std::cout.rdbuf(before_);
    }
    StandardOutput(const StandardOutput&) = delete;
    StandardOutput& operator=(const StandardOutput&) = delete;

    /// Writes what is kept. The system's number of what went wrong first; 0 where nothing did.
    int finish();

  private:
    int_type overflow(int_type byte) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

    std::streambuf* before_;
    std::string kept_;
    int error_ = 0;
};

}  // namespace understudy::cli
