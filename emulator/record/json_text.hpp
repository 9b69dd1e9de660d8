#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// A part of a JSON text.
struct JsonToken {
    enum class Kind : std::uint8_t { open_object, open_array, close, name, string, literal, end };
    Kind kind = Kind::end;
    std::size_t begin = 0;  ///< Where it stands, quotes included.
    std::size_t end = 0;
};

/// Takes a JSON text apart without a document in between. It never fails: what is no JSON, or was torn off, is read as
/// far as it looks like some, so that nothing in it is overlooked.
class JsonScanner {
  public:
    explicit JsonScanner(std::string_view text) : text_(text) {}

    JsonToken next();

  private:
    JsonToken scan_string();

    std::string_view text_;
    std::size_t at_ = 0;
};

/// What a JSON string means, given what stands between its quotes. Escapes that are none stay as they are; halves of
/// surrogate pairs become U+FFFD.
std::string unescape(std::string_view inside);

/// A part of a text, and what is to stand in its place.
struct Edit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// Preconditions: the edits are sorted and do not overlap.
void apply_edits(std::string& text, const std::vector<Edit>& edits);

/// Edits of what `unescape` made of `inside`, as edits of `inside`. Preconditions: as for `apply_edits`.
std::vector<Edit> edits_of_escaped(std::string_view inside, const std::vector<Edit>& edits);

}  // namespace understudy::record
