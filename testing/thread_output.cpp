#include "testing/thread_output.hpp"

#include <array>
#include <iostream>
#include <memory>
#include <mutex>
#include <streambuf>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {
namespace {

thread_local ThreadOutput* this_threads_output = nullptr;

}  // namespace

/// Gives each thread's characters to its own output, or to the buffer that was there before. It keeps none itself, so
/// that threads share nothing.
class DividedBuffer : public std::streambuf {
  public:
    explicit DividedBuffer(std::streambuf* before) : before_(before) {}

  protected:
    int_type overflow(int_type character) override {
        if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
        const char written = traits_type::to_char_type(character);
        return xsputn(&written, 1) == 1 ? character : traits_type::eof();
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override {
        if (this_threads_output == nullptr) return before_ == nullptr ? 0 : before_->sputn(text, size);
        this_threads_output->write(text, static_cast<std::size_t>(size));
        return size;
    }
    int sync() override { return this_threads_output == nullptr && before_ != nullptr ? before_->pubsync() : 0; }

  private:
    std::streambuf* before_;
};

namespace {

/// The buffers stay to the end of the process: streams are written to, and asked for their buffers, to the end.
void divide_streams() {
    static std::mutex mutex;
    static auto& buffers = *new std::vector<std::unique_ptr<DividedBuffer>>;
    const std::lock_guard lock(mutex);
    for (std::ostream* stream : std::array<std::ostream*, 3>{&std::cout, &std::cerr, &std::clog}) {
        if (dynamic_cast<DividedBuffer*>(stream->rdbuf()) != nullptr) continue;
        buffers.push_back(std::make_unique<DividedBuffer>(stream->rdbuf()));
        stream->rdbuf(buffers.back().get());
    }
}

}  // namespace

ThreadOutput::ThreadOutput(std::function<void(std::string line)> take) : take_(std::move(take)) {
    divide_streams();
    this_threads_output = this;
}

ThreadOutput::~ThreadOutput() {
    end_line();
    this_threads_output = nullptr;
}

void ThreadOutput::end_line() {
    if (!line_.empty()) take_(std::exchange(line_, {}));
}

void ThreadOutput::write(const char* text, std::size_t size) {
    std::string_view rest(text, size);
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        take_(std::exchange(line_, {}).append(rest.substr(0, end)));
        rest.remove_prefix(end + 1);
    }
    line_ += rest;
}

}  // namespace understudy
