#include "tools/understudy/standard_streams.hpp"

#include "emulator/files/write_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace understudy::cli {
namespace {

constexpr std::size_t kMostHeldBack = std::size_t{64} * 1024;

}  // namespace

void hold_standard_descriptors() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) >= 0) continue;
        // The lowest free number is this one.
        static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));
    }
}

int StandardOutput::finish() {
    sync();
    return error_;
}

StandardOutput::int_type StandardOutput::overflow(int_type byte) {
    if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
    const char one = traits_type::to_char_type(byte);
    return xsputn(&one, 1) == 1 ? byte : traits_type::eof();
}

std::streamsize StandardOutput::xsputn(const char* text, std::streamsize size) {
    kept_.append(text, static_cast<std::size_t>(size));
    return kept_.size() < kMostHeldBack || sync() == 0 ? size : 0;
}

int StandardOutput::sync() {
    if (error_ == 0 && !files::write_all(STDOUT_FILENO, kept_)) error_ = errno;
    kept_.clear();
    return error_ == 0 ? 0 : -1;
}

}  // namespace understudy::cli
