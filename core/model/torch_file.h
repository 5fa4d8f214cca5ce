// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/safetensors.h"

namespace netloom {

/// Whether @p bytes begin as a file that torch.save() wrote (from PyTorch 1.6 on).
bool isTorchFile(const std::string &bytes);

/// The tensors of a state_dict that torch.save() wrote, by name: of the file's dict itself, or of the one that it holds as "state_dict" or
/// "model". Nothing of the file is run, which its format would allow; whatever isn't plain data is an error. The error says what is wrong.
Result<NamedTensors> readTorchFile(const std::string &bytes);

} // namespace netloom
