#include "tools/understudy/progress.hpp"

#include "tools/understudy/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace understudy::cli {
namespace {

constexpr std::size_t kUsualWidth = 80;

std::size_t read_width(int descriptor) {
    winsize size{};
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsualWidth;
}

}  // namespace

std::string render_progress(const Progress& progress, std::size_t width) {
    std::string text = std::to_string(progress.done);
    if (progress.total > 0) text += '/' + std::to_string(progress.total);
    if (progress.failed > 0) text += " · " + std::to_string(progress.failed) + " failed";
    if (!progress.title.empty()) text += " · " + progress.title;
    std::string line;
    std::size_t characters = 0;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        const bool begins = (value & 0xC0) != 0x80;
        if (begins && characters == width) break;
        characters += begins ? 1 : 0;
        line += value < 0x20 || value == 0x7f ? '?' : byte;
    }
    return line;
}

StatusLine::StatusLine(int descriptor)
    : descriptor_(descriptor),
      terminal_(::isatty(descriptor) == 1 && ::isatty(STDOUT_FILENO) == 1 && !is_terminal_dumb()) {}

void StatusLine::show(const Progress& progress) {
    if (!terminal_) return;
    write_all(descriptor_, "\r\x1b[K" + render_progress(progress, read_width(descriptor_) - 1));
    shown_ = true;
}

void StatusLine::clear() {
    if (shown_) write_all(descriptor_, "\r\x1b[K");
    shown_ = false;
}

}  // namespace understudy::cli
