// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/device.h"

#include "train/process_settings.h"
#include "train/trainer.h"

#include <torch/version.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#ifdef __linux__
#include <dlfcn.h>
#include <sched.h>
#endif

namespace netloom {

namespace {

/// The name of the machine's NVIDIA GPU where it has exactly one, from the driver's own files; "" elsewhere.
std::string gpuName()
{
    std::error_code failure;
    std::vector<std::filesystem::path> gpus;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", failure))
        gpus.push_back(entry.path());
    if (gpus.size() != 1)
        return {};
    std::ifstream file(gpus.front() / "information");
    for (std::string line; std::getline(file, line);) {
        const auto start = line.find_first_not_of(" \t", 6);
        if (line.starts_with("Model:") && start != std::string::npos)
            return line.substr(start);
    }
    return {};
}

/// OpenBLAS, where LibTorch computes with it, has threads of its own, which would spin beside LibTorch's.
void limitOpenBlas([[maybe_unused]] int threads)
{
#ifdef __linux__
    static const auto setThreads = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (setThreads)
        setThreads(threads);
#endif
}

} // namespace

Result<torch::Device> chooseDevice(const std::string &name)
{
    const bool cuda = torch::cuda::is_available();
    if (name == "cuda" && !cuda)
        return Error{"There is no NVIDIA GPU that this LibTorch can use: set device to auto or cpu."};
    if (name == "cuda" || (name == "auto" && cuda))
        return torch::Device(torch::kCUDA, 0);
    return torch::Device(torch::kCPU);
}

std::string deviceText(const torch::Device &device)
{
    if (!device.is_cuda())
        return device.str();
    const std::string name = gpuName();
    return device.str() + (name.empty() ? "" : " " + name);
}

int physicalCores()
{
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
#ifdef __linux__
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return threads;
    std::set<std::pair<int, int>> cores; // (package, core)
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed))
            continue;
        const std::string folder = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/";
        std::pair<int, int> core;
        if (!(std::ifstream(folder + "physical_package_id") >> core.first) || !(std::ifstream(folder + "core_id") >> core.second))
            return threads;
        cores.insert(core);
    }
    if (!cores.empty())
        return std::min(threads, static_cast<int>(cores.size()));
#endif
    return threads;
}

void useCpu(std::int64_t threads)
{
    letIdleThreadsSleep();
    at::globalContext().setFlushDenormal(true); // threads that this one starts take it over
    const int count = threads > 0 ? static_cast<int>(threads) : physicalCores();
    at::set_num_threads(count);
    limitOpenBlas(count);
}

std::string torchVersion()
{
    return TORCH_VERSION;
}

bool cudaAvailable()
{
    return torch::cuda::is_available();
}

} // namespace netloom
