#include "handler/rpc/json_text.hpp"

#include <boost/json/serializer.hpp>

#include <array>

namespace understudy::rpc {
namespace {

/// Shows `visit` the JSON string of `text`, a few kilobytes at a time.
template <class Visit>
void escape_in_pieces(std::string_view text, Visit visit) {
    constexpr std::size_t kPieceBytes = 4096;
    std::array<char, kPieceBytes> buffer;
    boost::json::serializer serializer;
    serializer.reset(boost::json::string_view(text.data(), text.size()));
    while (!serializer.done()) {
        const auto piece = serializer.read(buffer.data(), buffer.size());
        visit(std::string_view(piece.data(), piece.size()));
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    escape_in_pieces(text, [&out](std::string_view piece) { out.append(piece); });
}

std::size_t json_string_size(std::string_view text) {
    std::size_t size = 0;
    escape_in_pieces(text, [&size](std::string_view piece) { size += piece.size(); });
    return size;
}

}  // namespace understudy::rpc
