#include "emulator/source/text_edit.hpp"

#include <algorithm>
#include <utility>

namespace understudy::source {

Result<std::string> apply_edits(std::string_view text, std::vector<TextEdit> edits) {
    std::ranges::stable_sort(edits, {},
                             [](const TextEdit& edit) { return std::pair(edit.range.begin, edit.range.end); });
    std::string edited;
    std::size_t taken = 0;
    for (const TextEdit& edit : edits) {
        const Range range = edit.range;
        if (range.begin < taken || range.end < range.begin || range.end > text.size())
            return Problem(ProblemCode::invalid, "edits of a text overlap");
        edited.append(text.substr(taken, range.begin - taken)).append(edit.text);
        taken = range.end;
    }
    return edited.append(text.substr(taken));
}

}  // namespace understudy::source
