#pragma once

#include <functional>
#include <string>

namespace understudy {

/// Takes what the thread that made it writes to `std::cout`, `std::cerr` and `std::clog`, line by line; what other
/// threads write stays where it went. Others may put buffers of their own into these streams as long as they take them
/// out in the opposite order.
class ThreadOutput {
  public:
    explicit ThreadOutput(std::function<void(std::string line)> take);
    /// In the same thread.
    ~ThreadOutput();
    ThreadOutput(const ThreadOutput&) = delete;
    ThreadOutput& operator=(const ThreadOutput&) = delete;

    /// A line that was begun ends here.
    void end_line();

  private:
    std::function<void(std::string line)> take_;
    std::string line_;

    friend class DividedBuffer;
    void write(const char* text, std::size_t size);
};

}  // namespace understudy
